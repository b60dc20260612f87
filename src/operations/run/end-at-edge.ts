import type { RunEnding } from "../../bindings/d1/run/run-transitions.ts";
import { readBlob } from "../../bindings/r2/blob-store.ts";
import type { Failure } from "../../contract/failure.ts";
import type { EdgeCall, EdgeOutcome } from "../../contract/function/edge-call.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { EdgeAttempt, EdgeNeeds } from "./edge-attempt.ts";
import { archiveEdgeEvents } from "./edge-events.ts";
import { type EdgeJob, edgeJobOf } from "./edge-job.ts";
import { codeOf, declaredOutputsOf } from "./edge-memory.ts";
import { outputsOfCall } from "./edge-outputs.ts";
import { inPlaceEnding } from "./in-place-ending.ts";
import type { PreparedRun } from "./prepared-run.ts";

/** How a run ended that nobody has recorded yet. */
export interface EndedAtEdge {
  job: EdgeJob;
  ending: RunEnding;
  /** Of its events in R2; null when there is nothing to tell beyond its row. */
  eventsDigest: string | null;
}

/** An isolate that died for no known reason is tried once more (failureRules: `unknown`). */
const mostAttempts = 2;

/** Does a prepared run by the sandbox. Nothing is recorded: until its end is known, the run does not exist. */
export async function endAtEdge(
  needs: EdgeNeeds,
  prepared: PreparedRun & { job: EdgeJob },
): Promise<Result<EndedAtEdge, Failure>> {
  const job = edgeJobOf(prepared);
  if (!job.ok) return job;
  const [call, declared] = await Promise.all([
    callOf(needs, job.value, prepared.createdBy),
    declaredOutputsOf(needs.blobs, job.value.flattened_digest),
  ]);
  const attempts: EdgeAttempt[] = [];
  do {
    const startedAt = needs.now().toISOString();
    const outcome = await callSandbox(needs, job.value, call);
    if (!outcome.ok) return outcome;
    const result = outputsOfCall(outcome.value, job.value.source.returns, declared);
    const seconds = outcome.value.wall_ms / 1000;
    attempts.push({ startedAt, finishedAt: needs.now().toISOString(), seconds, outcome: outcome.value, result });
  } while (mayTryAgain(job.value, attempts));
  const ending = await inPlaceEnding(needs, job.value, "edge", attempts);
  const eventsDigest = await archiveEdgeEvents(needs.blobs, attempts, ending);
  return success({ job: job.value, ending, eventsDigest });
}

function mayTryAgain(job: EdgeJob, attempts: readonly EdgeAttempt[]): boolean {
  const last = attempts.at(-1)?.result;
  const isUnknown = last !== undefined && !last.ok && last.failure.class === "unknown";
  return isUnknown && attempts.length < Math.min(mostAttempts, job.max_attempts);
}

async function callOf({ blobs }: EdgeNeeds, job: EdgeJob, caller: string): Promise<EdgeCall> {
  const { digest, entry } = job.source;
  const [code, inputs] = await Promise.all([codeOf(blobs, digest), inputsOf(blobs, job)]);
  return {
    digest,
    code,
    entry,
    inputs,
    caller,
    cpu_ms: limits.edgeCpuMs,
    wall_ms: Math.min(limits.edgeWallMs, job.timeout_seconds * 1000),
    output_bytes: limits.edgeOutputBytes,
  };
}

/** Large inputs lie in R2, as JSON of an object of ours. */
async function inputsOf(blobs: R2Bucket, job: EdgeJob): Promise<Record<string, unknown>> {
  if (job.inputs !== null) return job.inputs;
  const bytes = job.inputs_digest === null ? null : await readBlob(blobs, job.inputs_digest);
  if (bytes === null) throw new Error(`the inputs of run ${job.run_id} (${job.inputs_digest}) are missing from R2`);
  const inputs: Record<string, unknown> = JSON.parse(new TextDecoder().decode(bytes));
  return inputs;
}

/** A sandbox that cannot be reached is an outage: the request may be made again, for nothing is recorded. */
async function callSandbox(
  { sandbox }: EdgeNeeds,
  job: EdgeJob,
  call: EdgeCall,
): Promise<Result<EdgeOutcome, Failure>> {
  try {
    return success(await sandbox.call(call));
  } catch (error) {
    console.error(JSON.stringify({ level: "error", sandbox: job.name, error: String(error) }));
    return refusal({
      code: "UNAVAILABLE",
      message: `${job.name}@${job.version} was not run: the sandbox for functions does not answer; try again in a moment`,
      retryAfterSeconds: 2,
    });
  }
}
