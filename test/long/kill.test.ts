import { killJourney } from "../journeys/support/kill-journey.ts";

killJourney(50, 1_800_000);
