import { loadPastSeconds } from "../../../bindings/d1/run/run-standing.ts";
import { medianOf } from "../../../domain/run/seconds-left.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";

const freshMs = 60_000;
const mostKept = 1000;

/**
 * What runs like this one take, as far as is known now: the median of past ones, else the template's own estimate. When that is a minute
 * old, D1 is asked, for the next who wants to know.
 */
export function medianSeconds(pool: OpenPool, { job, deviceClass }: LeasedJob): number | null {
  const key = `${job.kind}/${job.name} ${deviceClass}`;
  const known = pool.medians.get(key);
  if (known === undefined || pool.nowMs() - known.atMs > freshMs) {
    const [oldest] = pool.medians.keys();
    if (pool.medians.size >= mostKept && oldest !== undefined) pool.medians.delete(oldest);
    pool.medians.set(key, { seconds: known?.seconds ?? null, atMs: pool.nowMs() });
    pool.later(learn(pool, key, job, deviceClass));
  }
  return pool.medians.get(key)?.seconds ?? job.estimated_seconds;
}

async function learn(pool: OpenPool, key: string, job: LeasedJob["job"], deviceClass: string): Promise<void> {
  try {
    const seconds = medianOf(await loadPastSeconds(pool.db, job.kind, job.name, deviceClass));
    pool.medians.set(key, { seconds, atMs: pool.nowMs() });
  } catch (error) {
    // An estimate is a kindness; it is asked for again in a minute.
    console.warn(JSON.stringify({ level: "warn", median_of: key, error: String(error) }));
  }
}
