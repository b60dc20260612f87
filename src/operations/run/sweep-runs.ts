import { deleteExpiredKeys } from "../../bindings/d1/run/idempotency-keys.ts";
import { keysSince } from "../../bindings/d1/run/insert-run.ts";
import { listOpenRuns } from "../../bindings/d1/run/list-runs.ts";
import { loadJobs } from "../../bindings/d1/run/run-row.ts";
import { readSweepPosition, writeSweepPosition } from "../../bindings/d1/sweep-position.ts";
import { askPool } from "./ask-pool.ts";
import type { RunNeeds } from "./run-needs.ts";

/** Queue and first offer have had this long. */
const graceMs = 60_000;
const runsPerSlice = 500;
const slicesPerSweep = 20;
const jobsAtOnce = 20;
const poolTimeoutMs = 5000;
const keysPerSweep = 5000;

/**
 * Offers runs again that have not ended and that their pool does not have: whatever was lost on the way, or by the pool itself, comes back.
 * A few slices at a time; goes on where the last sweep stopped. Answers how many were taken.
 */
export async function sweepRuns({ db, pools }: Pick<RunNeeds, "db" | "pools">, now: Date): Promise<number> {
  const before = new Date(now.getTime() - graceMs).toISOString();
  let position = (await readSweepPosition(db, "runs")) ?? "";
  let taken = 0;
  for (let slice = 0; slice < slicesPerSweep; slice++) {
    const open = await listOpenRuns(db, before, position, runsPerSlice);
    const byPool = Map.groupBy(open, (run) => run.pool);
    const offered = await Promise.all(
      [...byPool].map(([pool, runs]) =>
        offerMissing(
          { db, pools },
          pool,
          runs.map((run) => run.id),
        ),
      ),
    );
    taken += offered.reduce((sum, count) => sum + count, 0);
    position = open.length < runsPerSlice ? "" : (open.at(-1)?.id ?? "");
    if (position === "") break;
  }
  await writeSweepPosition(db, "runs", position === "" ? null : position, now.toISOString());
  return taken;
}

/** Forgets idempotency keys that have expired. Answers how many. */
export async function sweepKeys(db: D1Database, now: Date): Promise<number> {
  return deleteExpiredKeys(db, keysSince(now.toISOString()), keysPerSweep);
}

/** A pool that does not answer keeps the others waiting for a moment only; the next sweep comes back to it. */
async function offerMissing(
  { db, pools }: Pick<RunNeeds, "db" | "pools">,
  name: string,
  ids: readonly string[],
): Promise<number> {
  const pool = pools(name);
  const held = await askPool(() => pool.holds([...ids]), poolTimeoutMs);
  if (!held.answered) return 0;
  const has = new Set(held.value);
  const missing = ids.filter((id) => !has.has(id));
  let taken = 0;
  for (let at = 0; at < missing.length; at += jobsAtOnce) {
    for (const { job } of (await loadJobs(db, missing.slice(at, at + jobsAtOnce))).values()) {
      const offered = await askPool(() => pool.offer(job), poolTimeoutMs);
      if (!offered.answered || offered.value === "full") return taken;
      if (offered.value === "taken") taken += 1;
    }
  }
  return taken;
}
