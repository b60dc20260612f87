import { functionsKillJourney } from "../journeys/support/functions-kill-journey.ts";

functionsKillJourney(25, 1_500_000);
