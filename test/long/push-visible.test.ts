import { pushVisibleJourney } from "../journeys/support/push-visible-journey.ts";

pushVisibleJourney(50, 600_000);
