import type { StepFailure } from "./actions.ts";
import type { SourcedMap } from "./sourced.ts";

/** How a workflow ended. `finishedAt`: milliseconds since 1970. */
export type WorkflowOutcome =
  | { state: "succeeded"; outputs: SourcedMap; finishedAt: number }
  | { state: "failed"; failure: StepFailure; step: string | null; finishedAt: number };
