import { zeroDowntimeJourney } from "./support/zero-downtime-journey.ts";

zeroDowntimeJourney(40, 60_000);
