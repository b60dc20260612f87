import type { WaitingJob } from "./waiting-jobs.ts";

/** What a step of priority is worth: a job that has waited a minute longer goes before one of the next higher priority. */
export const ageingMs = 60_000;

/** Jobs go by this, the smallest first. It never changes while a job waits, so an order once found stays right. */
export function rankOf(job: Pick<WaitingJob, "priority" | "arrivedAtMs">): number {
  return job.arrivedAtMs - job.priority * ageingMs;
}

/** The order in which jobs go: by rank, then by arrival, then by run id. */
export function compareRank(a: WaitingJob, b: WaitingJob): number {
  return rankOf(a) - rankOf(b) || a.arrivedAtMs - b.arrivedAtMs || compareText(a.runId, b.runId);
}

/** Order by code units: the same on every machine. */
export function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
