import { functionsKillJourney } from "../journeys/support/functions-kill-journey.ts";

functionsKillJourney(12, 1_200_000);
