import type { RunRow } from "../../bindings/d1/run/run-row.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import type { Job, JobSource } from "../../contract/runner/job.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { PreparedRun } from "./prepared-run.ts";

/** The pool that runs of JavaScript functions tell: no RunnerPool has their jobs. */
export const edgePool = "edge";

/** A job that is done within the request. */
export interface EdgeJob extends Job {
  source: JobSource;
}

/** Whether a job is done at the edge rather than by a runner. */
export function isAtEdge(job: Job): job is EdgeJob {
  return job.source?.runtime === "javascript";
}

/** Whether a run was done at the edge: its pool alone does not say so, for anyone may name a pool of theirs `edge`. */
export function wasAtEdge({ kind, name }: Pick<RunRow, "kind" | "name">): boolean {
  return kind === "function" && name.startsWith("javascript.");
}

/** Checks what a request may not ask of a run at the edge, and what it may at most. */
export function edgeJobOf({
  job,
  inputEntity,
}: Pick<PreparedRun, "inputEntity"> & { job: EdgeJob }): Result<EdgeJob, Failure> {
  if (job.pool !== edgePool || Object.keys(job.needs.labels).length > 0) {
    return refusal({
      code: "INVALID_REQUEST",
      message: `${job.name}@${job.version} is JavaScript and runs at the edge, in no pool and on no runner: leave pool and runner_labels out`,
    });
  }
  const sizeBytes = inputEntity.data_bytes;
  if (sizeBytes > limits.edgeInputBytes) return tooLarge(job, sizeBytes);
  const most = Math.ceil(limits.edgeWallMs / 1000);
  return success({ ...job, timeout_seconds: Math.min(job.timeout_seconds, most) });
}

function tooLarge(job: Job, sizeBytes: number): Result<never, Failure> {
  const message = `the inputs of ${job.name}@${job.version} take ${sizeBytes} bytes of JSON; a function at the edge takes at most ${limits.edgeInputBytes}`;
  const place = { severity: "error" as const, path: "", line: null, column: null, code: "too_large" };
  return refusal({
    code: "INVALID_INPUTS",
    message,
    issues: [{ ...place, message, suggestion: "send less at a time" }],
  });
}
