import { killJourney } from "./support/kill-journey.ts";

killJourney(2, 240_000);
