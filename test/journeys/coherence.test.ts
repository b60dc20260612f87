import { coherenceJourney } from "./support/coherence-journey.ts";

coherenceJourney(20, 120_000);
