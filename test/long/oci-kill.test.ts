import { ociKillJourney } from "../journeys/support/oci-kill-journey.ts";

ociKillJourney(15, 1_200_000);
