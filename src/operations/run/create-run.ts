import type { KeyedRequest } from "../../bindings/d1/run/idempotency-keys.ts";
import { insertRun } from "../../bindings/d1/run/insert-run.ts";
import { sendJob } from "../../bindings/queue/gpu-jobs.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Run } from "../../contract/run/run.ts";
import { canonicalDigest } from "../../domain/document/canonical-digest.ts";
import { copyJson } from "../../domain/document/json-value.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { createAtEdge } from "./create-at-edge.ts";
import { describeRun } from "./describe-run.ts";
import { isAtEdge } from "./edge-job.ts";
import { findKeyedRun } from "./find-keyed-run.ts";
import { newRunRow, type PreparedRun } from "./prepared-run.ts";
import type { RunNeeds } from "./run-needs.ts";

/** What a caller asks for, and how it is made ready. */
export interface RunAsk {
  caller: string;
  /** The Idempotency-Key; null when there is none. */
  key: string | null;
  /** All that was asked: the same key with other content is another request. */
  content: unknown;
  prepare: () => Promise<Result<PreparedRun, Failure>>;
}

export interface CreatedRun {
  run: Run;
  /** An earlier request with this key made it. */
  isRepeated: boolean;
}

/**
 * Makes a run: recorded in D1 in one batch, then put on the queue, then offered to its pool at once. What is recorded is never lost:
 * queue and sweep both bring it to its pool, and pools take an offer once. A JavaScript function is done first, and recorded with its end.
 */
export async function createRun(needs: RunNeeds, ask: RunAsk): Promise<Result<CreatedRun, Failure>> {
  const keyed = keyedRequest(ask);
  const earlier = keyed === null ? null : await findKeyedRun(needs, keyed);
  if (earlier !== null) return repeated(earlier);
  const prepared = await ask.prepare();
  if (!prepared.ok) return prepared;
  const { job, inputEntity } = prepared.value;
  if (isAtEdge(job)) {
    const ended = await createAtEdge(needs, { ...prepared.value, job }, keyed);
    if (!ended.ok) return ended;
    return ended.value === null ? winnerOf(needs, keyed) : success({ run: ended.value, isRepeated: false });
  }
  const row = newRunRow(prepared.value);
  if (!(await insertRun(needs.db, { row, job, inputEntity, keyed }))) return winnerOf(needs, keyed);
  const offered = offerNow(needs, prepared.value);
  const isSent = await sendJob(needs.gpuJobs, { run_id: row.id, pool: row.pool });
  if (!isSent && !(await offered)) return notOffered(row.id);
  needs.later(offered);
  return success({ run: describeRun({ row, attempts: [], outputs: [] }, { from: "nobody" }), isRepeated: false });
}

/** Another request took the key first. */
async function winnerOf(needs: RunNeeds, keyed: KeyedRequest | null): Promise<Result<CreatedRun, Failure>> {
  const winner = keyed === null ? null : await findKeyedRun(needs, keyed);
  if (winner === null) throw new Error("the idempotency key of a run is taken, and nobody has it");
  return repeated(winner);
}

function keyedRequest({ caller, key, content }: RunAsk): KeyedRequest | null {
  return key === null ? null : { caller, key, requestDigest: canonicalDigest(copyJson(content)) };
}

function repeated(found: Result<Run, Failure>): Result<CreatedRun, Failure> {
  return found.ok ? success({ run: found.value, isRepeated: true }) : found;
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
