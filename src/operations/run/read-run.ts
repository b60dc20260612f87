import { loadRun, type StoredRun } from "../../bindings/d1/run/load-run.ts";
import { countSteps, listSteps } from "../../bindings/d1/workflow/step-rows.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import type { Run } from "../../contract/run/run.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { judgeReplay } from "../pool/ending/judge-replay.ts";
import { askPool } from "./ask-pool.ts";
import { describeRun } from "./describe-run.ts";
import { isPooled } from "./no-pool.ts";
import type { RunNeeds } from "./run-needs.ts";

/** A run as it stands now: by D1, and for one that has not ended by its pool too, if that answers in time. */
export async function readRun(
  needs: Pick<RunNeeds, "db" | "blobs" | "pools">,
  runId: string,
): Promise<Result<Run, Failure>> {
  const stored = await loadRun(needs.db, runId);
  if (stored === null) return missingRun(runId);
  if (stored.row.kind === "workflow") return success(await readWorkflowRun(needs, stored));
  if (isFinal(stored.row.state)) return success(describeRun(await withReplay(needs, stored), { from: "nobody" }));
  if (!isPooled(stored.row.kind)) return success(describeRun(stored, { from: "nobody" }));
  const answer = await askPool(() => needs.pools(stored.row.pool).standing(runId));
  if (!answer.answered) return success(describeRun(stored, { from: "silent_pool" }));
  if (answer.value !== null) return success(describeRun(stored, { from: "pool", standing: answer.value }));
  // Its pool does not have it: it was never offered, or it ended since D1 was asked, which D1 knows by now.
  const again = await loadRun(needs.db, runId);
  return success(describeRun(again ?? stored, { from: "nobody" }));
}

/** No pool knows of it; its steps are in D1. Read after the run, they are at least as new. */
async function readWorkflowRun(needs: Pick<RunNeeds, "db" | "blobs">, stored: StoredRun): Promise<Run> {
  const [known, steps] = await Promise.all([withReplay(needs, stored), firstSteps(needs.db, stored.row.id)]);
  return { ...describeRun(known, { from: "nobody" }), ...steps };
}

async function firstSteps(db: D1Database, runId: string): Promise<Pick<Run, "steps" | "step_count">> {
  const steps = await listSteps(db, runId, null, limits.stepsPerAnswer);
  const count = steps.length < limits.stepsPerAnswer ? steps.length : await countSteps(db, runId);
  return { steps, step_count: count };
}

/** A replay that ended before its original is compared with it when someone asks. */
async function withReplay(needs: Pick<RunNeeds, "db" | "blobs">, stored: StoredRun): Promise<StoredRun> {
  const { id, state, replay, replay_of: original } = stored.row;
  if (state !== "succeeded" || original === null || replay !== null) return stored;
  return { ...stored, row: { ...stored.row, replay: await judgeReplay(needs, { id, replay_of: original }) } };
}

export function missingRun(runId: string): Result<never, Failure> {
  return refusal({
    code: "RUN_NOT_FOUND",
    message: `there is no run ${runId}; GET /v1/runs lists them, newest first`,
  });
}
