import type { Heartbeat, LeaseKey } from "../../../contract/runner/from-runner.ts";
import { sameJson } from "../../../domain/template/value/json-equality.ts";
import { loseLease } from "../lease/lose-lease.ts";
import type { OpenPool } from "../open-pool.ts";
import { keepLink } from "./keep-link.ts";
import { type PoolRunner, settleRoom } from "./pool-runner.ts";

/**
 * A runner lives, and so do the leases that it names. Nothing is written for that: a lease lives as long as its runner is heard, which lies
 * with its connection. A lease that it does not name never reached it, unless it is younger than a lease is long.
 */
export function hearHeartbeat(pool: OpenPool, runner: PoolRunner, heartbeat: Heartbeat): void {
  const nowMs = pool.nowMs();
  runner.heardAtMs = nowMs;
  keepLink(pool, runner);
  const { socket } = runner;
  if (socket !== null) pool.sockets.send(socket, { type: "heard", lost: lostOf(runner, heartbeat.leases) });
  const named = new Set(heartbeat.leases.map((lease) => lease.run_id));
  for (const [runId, leased] of [...runner.leases]) {
    if (named.has(runId) || leased.ending !== null || leased.leasedAtMs + pool.leaseMs > nowMs) continue;
    loseLease(pool, leased, "lease_expired", "the runner does not name this job among those that it has");
  }
  noteLoad(pool, runner, heartbeat);
  pool.turns.matchSoon();
}

function lostOf(runner: PoolRunner, named: readonly LeaseKey[]): LeaseKey[] {
  return named.filter(({ run_id: runId, fence }) => runner.leases.get(runId)?.fence !== fence);
}

/** What it has loaded, and what others take of its devices. Written only when it is news. */
function noteLoad(pool: OpenPool, runner: PoolRunner, heartbeat: Heartbeat): void {
  const { warm, vram_used_by_others_mb: vramOthers } = heartbeat;
  if (sameJson(warm, runner.warm) && sameJson(vramOthers, runner.vramOthers)) return;
  runner.warm = warm;
  runner.vramOthers = vramOthers;
  pool.tables.runners.saveWarm(runner.id, warm, vramOthers);
  settleRoom(runner);
}
