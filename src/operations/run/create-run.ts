import type { KeyedRequest } from "../../bindings/d1/run/idempotency-keys.ts";
import { insertRun } from "../../bindings/d1/run/insert-run.ts";
import { sendJob } from "../../bindings/queue/gpu-jobs.ts";
import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { createAtEdge } from "./create-at-edge.ts";
import { type CreatedRun, createOnce, type KeyedAsk, winnerOf } from "./create-once.ts";
import { describeRun } from "./describe-run.ts";
import { isAtEdge } from "./edge-job.ts";
import { newRunRow, type PreparedRun } from "./prepared-run.ts";
import type { RunNeeds } from "./run-needs.ts";

/** What a caller asks for, and how it is made ready. */
export interface RunAsk extends KeyedAsk {
  prepare: () => Promise<Result<PreparedRun, Failure>>;
}

/**
 * Makes a run: recorded in D1 in one batch, then put on the queue, then offered to its pool at once. What is recorded is never lost:
 * queue and sweep both bring it to its pool, and pools take an offer once. A JavaScript function is done first, and recorded with its end.
 */
export async function createRun(needs: RunNeeds, { prepare, ...ask }: RunAsk): Promise<Result<CreatedRun, Failure>> {
  return createOnce(needs, ask, async (keyed) => {
    const prepared = await prepare();
    return prepared.ok ? createPrepared(needs, prepared.value, keyed) : prepared;
  });
}

async function createPrepared(
  needs: RunNeeds,
  prepared: PreparedRun,
  keyed: KeyedRequest | null,
): Promise<Result<CreatedRun, Failure>> {
  const { job, inputEntity } = prepared;
  if (isAtEdge(job)) {
    const ended = await createAtEdge(needs, { ...prepared, job }, keyed);
    if (!ended.ok) return ended;
    return ended.value === null ? winnerOf(needs, keyed) : success({ run: ended.value, isRepeated: false });
  }
  const row = newRunRow(prepared);
  if (!(await insertRun(needs.db, { row, job, inputEntity, keyed }))) return winnerOf(needs, keyed);
  const offered = offerNow(needs, prepared);
  const isSent = await sendJob(needs.gpuJobs, { run_id: row.id, pool: row.pool });
  if (!isSent && !(await offered)) return notOffered(row.id);
  needs.later(offered);
  return success({ run: describeRun({ row, attempts: [], outputs: [] }, { from: "nobody" }), isRepeated: false });
}

/** So that an idle runner starts in milliseconds. Answers whether the pool has the run. */
async function offerNow({ pools }: RunNeeds, { job }: PreparedRun): Promise<boolean> {
  try {
    return (await pools(job.pool).offer(job, true)) !== "full";
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", first_offer: job.run_id, error: String(error) }));
    return false;
  }
}

function notOffered(runId: string): Result<never, Failure> {
  return refusal({
    code: "UNAVAILABLE",
    message: `run ${runId} is recorded, but neither the queue nor its pool takes it now; a sweep offers it again within minutes: look at GET /v1/runs/${runId} instead of asking again`,
    retryAfterSeconds: 60,
  });
}
