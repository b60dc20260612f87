import { archiveAfterMs, rememberEndedMs } from "./ending/close-run.ts";
import { retryEndings } from "./ending/commit-ending.ts";
import { whenTimedOut } from "./lease/when-timed-out.ts";
import type { OpenPool } from "./open-pool.ts";
import { endOverdue, expireLeases, forgetRunnerMs, forgetRunners } from "./runner/lose-runner.ts";
import { archiveEvents } from "./telling/archive-events.ts";
import { flushMirror } from "./telling/flush-mirror.ts";

/** Archiving is in no hurry: when R2 or D1 fails, it is tried again after this. */
const archiveRetryMs = 60_000;
/** What is due but waits for something else must not make the alarm ring without end. */
const leastGapMs = 200;
const never = Number.POSITIVE_INFINITY;

/** Everything whose time has come: what a pool's alarm does. Safe at any time, as often as one likes. */
export async function doWhatIsDue(pool: OpenPool): Promise<void> {
  await pool.turns.take(() => {
    expireLeases(pool);
    endOverdue(pool);
    forgetRunners(pool);
    pool.turns.matchSoon();
  });
  await retryEndings(pool);
  await flushMirror(pool);
  let archiveAtMs: number | null = null;
  try {
    if (await archiveEvents(pool)) archiveAtMs = pool.nowMs();
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", pool_archive: String(error) }));
    archiveAtMs = pool.nowMs() + archiveRetryMs;
  }
  const nextMs = whenDue(pool, archiveAtMs);
  if (nextMs !== null) pool.wakeAt(nextMs);
}

/** When something will be due next; null when nothing will by itself. `archiveAtMs`: when to archive, where that is not now. */
export function whenDue(pool: OpenPool, archiveAtMs: number | null = null): number | null {
  const oldestMs = pool.tables.ended.oldestAt(false);
  const archivedMs = pool.tables.ended.oldestAt(true);
  const times = [
    ...runnerTimes(pool),
    ...[...pool.leased.values()].map((leased) =>
      leased.ending === null ? whenTimedOut(leased) : (leased.retryAtMs ?? never),
    ),
    pool.waiting.nextNotBeforeMs(pool.nowMs()) ?? never,
    ...(pool.waiting.size === 0 ? [] : circuitTimes(pool)),
    pool.tables.mirror.isEmpty() ? never : (pool.mirroring.retryAtMs ?? pool.nowMs()),
    archiveAtMs ?? (oldestMs === null ? never : oldestMs + archiveAfterMs),
    archivedMs === null ? never : archivedMs + rememberEndedMs,
  ];
  const nextMs = Math.min(...times);
  return Number.isFinite(nextMs) ? Math.max(nextMs, pool.nowMs() + leastGapMs) : null;
}

/** When runners will have been silent for too long: those that are connected or have leases, and those that are to be forgotten. */
function runnerTimes(pool: OpenPool): number[] {
  const known = [...pool.runners.values()].map((runner) => {
    const isAwaited = runner.socket !== null || [...runner.leases.values()].some(({ ending }) => ending === null);
    return runner.heardAtMs + (isAwaited ? pool.leaseMs : forgetRunnerMs);
  });
  const unknown = pool.sockets.runners().flatMap(({ link }) => (link.runnerId === null ? [link.connectedAtMs] : []));
  return [...known, ...unknown.map((atMs) => atMs + pool.leaseMs)];
}

function circuitTimes(pool: OpenPool): number[] {
  const nowMs = pool.nowMs();
  return [...pool.circuits.values()].flatMap((circuit) =>
    circuit.state === "closed" || circuit.untilMs <= nowMs ? [] : [circuit.untilMs],
  );
}
