import { loadStandings } from "../../../bindings/d1/run/run-standing.ts";
import { mirrorLeases, mirrorRows } from "../../../bindings/d1/run/run-transitions.ts";
import { isFinal } from "../../../contract/run/run-state.ts";
import { closeRun } from "../ending/close-run.ts";
import type { OpenPool } from "../open-pool.ts";

/** D1 is told this much later, so that what follows at once goes along: most runs start right after they are leased. */
const gatherMs = 200;
const retryMs = 5000;

/** Tells D1 soon what was noted for it. The alarm does it should this isolate die before. */
export function mirrorSoon(pool: OpenPool): void {
  if (pool.mirroring.isPlanned) return;
  pool.mirroring.isPlanned = true;
  pool.wakeAt(pool.nowMs() + retryMs);
  const gathered = new Promise((resolve) => setTimeout(resolve, gatherMs));
  pool.later(gathered.then(() => flushMirror(pool)));
}

/** Tells D1 all that was noted for it. Never throws: what D1 does not take stays noted, and is told again. */
export async function flushMirror(pool: OpenPool): Promise<void> {
  const { mirroring, tables } = pool;
  mirroring.isPlanned = false;
  if (mirroring.isUnderWay) return;
  mirroring.isUnderWay = true;
  mirroring.retryAtMs = null;
  try {
    while (!tables.mirror.isEmpty()) {
      const page = tables.mirror.page(mirrorRows);
      const taken = await mirrorLeases(pool.db, page.runs, page.attempts);
      tables.mirror.removeTold(page);
      const refused = page.runs.map((run) => run.run_id).filter((runId) => !taken.has(runId));
      if (refused.length > 0) await dropEnded(pool, refused);
    }
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", pool_mirror: String(error) }));
    mirroring.retryAtMs = pool.nowMs() + retryMs;
    pool.wakeAt(mirroring.retryAtMs);
  } finally {
    mirroring.isUnderWay = false;
  }
}

/** Runs that D1 says have ended, though this pool was never told: their jobs go. */
async function dropEnded(pool: OpenPool, runIds: readonly string[]): Promise<void> {
  for (const { id, state, fence } of (await loadStandings(pool.db, runIds)).values()) {
    const leased = pool.leased.get(id);
    // One whose ending is on its way finds out by itself.
    if (!isFinal(state) || (leased !== undefined && leased.ending !== null)) continue;
    if (leased === undefined && !pool.waiting.has(id)) continue;
    closeRun(pool, id, { outcome: state, fence, failure: null, ending: null, reason: `the run has ${state}` });
  }
}
