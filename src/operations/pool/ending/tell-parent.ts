import type { RunEnding } from "../../../bindings/d1/run/run-transitions.ts";
import type { Job } from "../../../contract/runner/job.ts";
import { tellEnds } from "../../run/tell-parents.ts";
import type { OpenPool } from "../open-pool.ts";

/** Tells the workflow whose step a run has done, if it is one's, that it has ended. The pool does not wait for it; a sweep tells what was lost. */
export function tellParentLater(
  pool: OpenPool,
  { run_id, parent }: Pick<Job, "run_id" | "parent">,
  ending: RunEnding,
): void {
  if (parent === null) return;
  const end = {
    state: ending.state,
    entity: ending.state === "succeeded" ? (ending.entities[0]?.ecs_id ?? null) : null,
    finished_at: ending.finishedAt,
    failure: ending.state === "failed" ? ending.failure : null,
    reason: null,
  };
  pool.later(tellCaught(pool, { runId: run_id, parentRun: parent.run, end }));
}

async function tellCaught(pool: OpenPool, told: Parameters<typeof tellEnds>[1][number]): Promise<void> {
  try {
    await tellEnds(pool, [told]);
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", tell_parent_of: told.runId, error: String(error) }));
  }
}
