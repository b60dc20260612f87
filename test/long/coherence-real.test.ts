import { coherenceJourney } from "../journeys/support/coherence-journey.ts";

coherenceJourney(200, 300_000);
