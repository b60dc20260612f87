import { closeCodes } from "../../../bindings/durable/listener-sockets.ts";
import { endAttempt } from "../ending/end-attempt.ts";
import { failureOf } from "../ending/failure-of.ts";
import { isoTime } from "../iso-time.ts";
import { loseLease } from "../lease/lose-lease.ts";
import { whenTimedOut } from "../lease/when-timed-out.ts";
import type { OpenPool } from "../open-pool.ts";
import { type PoolRunner, rowOfRunner, settleRoom } from "./pool-runner.ts";

/** A runner's connection closed. Its leases live on for a while: it may come back for them. */
export function loseConnection(pool: OpenPool, socket: WebSocket): void {
  for (const runner of pool.runners.values()) {
    if (runner.socket !== socket) continue;
    disconnect(pool, runner);
    if (runner.leases.size > 0) pool.wakeAt(runner.heardAtMs + pool.leaseMs);
    return;
  }
}

/**
 * Ends what was not heard of in time. A heartbeat is a hard gate: a runner without one is gone, whatever else it sends; a runner that is
 * gone keeps its leases for as long as a lease is after it was last heard, and no longer.
 */
export function expireLeases(pool: OpenPool): void {
  const silentSince = pool.nowMs() - pool.leaseMs;
  for (const runner of pool.runners.values()) {
    if (runner.heardAtMs > silentSince) continue;
    const wasConnected = runner.socket !== null;
    if (runner.socket !== null) {
      pool.sockets.close(runner.socket, closeCodes.policy, "no heartbeat came in time");
      disconnect(pool, runner);
    }
    const last = `it was last heard at ${isoTime(runner.heardAtMs)}`;
    loseLeases(pool, runner, wasConnected ? "lease_expired" : "runner_lost", last);
  }
  for (const { socket, link } of pool.sockets.runners()) {
    if (link.runnerId === null && link.connectedAtMs <= silentSince)
      pool.sockets.close(socket, closeCodes.protocol, "no hello came in time");
  }
}

/** A runner that stays away so long is forgotten: many have a new id each time they start. An admin who approved it does so again. */
export const forgetRunnerMs = 7 * 24 * 3600 * 1000;

/** Forgets runners that have been away for long. */
export function forgetRunners(pool: OpenPool): void {
  for (const runner of pool.runners.values()) {
    const isGone = runner.socket === null && runner.leases.size === 0;
    if (!isGone || runner.heardAtMs + forgetRunnerMs > pool.nowMs()) continue;
    pool.runners.delete(runner.id);
    pool.tables.runners.remove(runner.id);
  }
}

/** All leases of a runner go back, but those whose end is on its way to D1. */
export function loseLeases(
  pool: OpenPool,
  runner: PoolRunner,
  code: "lease_expired" | "runner_lost",
  message: string,
): void {
  for (const leased of [...runner.leases.values()]) {
    if (leased.ending === null) loseLease(pool, leased, code, `${runner.capabilities.name}: ${message}`);
  }
}

/** Ends attempts that take longer than the run allows, though their runner should have done so itself. */
export function endOverdue(pool: OpenPool): void {
  for (const leased of [...pool.leased.values()]) {
    if (leased.ending !== null || whenTimedOut(leased) > pool.nowMs()) continue;
    const { job, fence } = leased;
    const message = `it took longer than ${job.timeout_seconds} s, and its runner did not end it`;
    const runner = pool.runners.get(leased.runner.id);
    if (runner !== undefined && runner.socket !== null)
      pool.sockets.send(runner.socket, { type: "cancel", run_id: job.run_id, fence, reason: message });
    endAttempt(pool, leased, failureOf(pool, leased, { class: "permanent", code: "timed_out", message, detail: null }));
  }
}

/** Forgets a connection, not the runner. */
export function disconnect(pool: OpenPool, runner: PoolRunner): void {
  runner.socket = null;
  runner.connectedAtMs = null;
  pool.tables.runners.save(rowOfRunner(runner));
  settleRoom(runner);
}
