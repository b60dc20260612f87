import type { LeasedJob } from "../open-pool.ts";

/** A runner ends a job that takes too long by itself; when it does not, the pool does, this much later. */
const graceMs = 30_000;
/** Before its process runs, a job may have to fetch files and models. */
const fetchingMs = 60 * 60_000;

/** When a leased job has taken too long, whatever its runner says. */
export function whenTimedOut({ job, leasedAtMs, startedAtMs }: LeasedJob): number {
  const timeoutMs = job.timeout_seconds * 1000;
  return startedAtMs === null ? leasedAtMs + timeoutMs + fetchingMs : startedAtMs + timeoutMs + graceMs;
}
