import type { EdgeOutcome } from "../../contract/function/edge-call.ts";
import type { InPlaceAttempt } from "./in-place-ending.ts";
import type { RunNeeds } from "./run-needs.ts";

/** What a run at the edge works with. */
export type EdgeNeeds = Pick<RunNeeds, "db" | "blobs" | "sandbox" | "now">;

/** One call of the function, and what came of it: outputs that fit the interface, or why not. */
export interface EdgeAttempt extends InPlaceAttempt {
  outcome: EdgeOutcome;
}
