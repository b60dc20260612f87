import { killJourney } from "./support/kill-journey.ts";

killJourney(4, 240_000);
