import type { EdgeOutcome } from "../../contract/function/edge-call.ts";
import type { Result } from "../../domain/result.ts";
import type { EdgeFailure } from "./edge-outputs.ts";
import type { RunNeeds } from "./run-needs.ts";

/** What a run at the edge works with. */
export type EdgeNeeds = Pick<RunNeeds, "db" | "blobs" | "sandbox" | "now">;

/** One call of the function, and what came of it: outputs that fit the interface, or why not. */
export interface EdgeAttempt {
  startedAt: string;
  finishedAt: string;
  outcome: EdgeOutcome;
  result: Result<Record<string, unknown>, EdgeFailure>;
}
