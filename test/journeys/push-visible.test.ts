import { pushVisibleJourney } from "./support/push-visible-journey.ts";

pushVisibleJourney(5, 120_000);
