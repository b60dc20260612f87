import { functionsKillJourney } from "./support/functions-kill-journey.ts";

functionsKillJourney(2, 240_000);
