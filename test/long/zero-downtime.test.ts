import { zeroDowntimeJourney } from "../journeys/support/zero-downtime-journey.ts";

zeroDowntimeJourney(200, 300_000);
