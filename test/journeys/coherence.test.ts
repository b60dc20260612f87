import { coherenceJourney } from "./support/coherence-journey.ts";

coherenceJourney(8, 120_000);
