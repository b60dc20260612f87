import type { LeaseKey } from "../../../contract/runner/from-runner.ts";
import type { LeasedJob, OpenPool } from "../open-pool.ts";
import type { PoolRunner } from "./pool-runner.ts";

/** The present lease that a runner speaks of; null when it has no such lease (any more). */
export function leaseOf(runner: PoolRunner, key: LeaseKey): LeasedJob | null {
  const leased = runner.leases.get(key.run_id);
  return leased !== undefined && leased.fence === key.fence ? leased : null;
}

/** Tells a runner that its word was taken. Should it not hear this, it asks again. */
export function sayAccepted(pool: OpenPool, runner: PoolRunner | undefined, key: LeaseKey): void {
  if (runner === undefined || runner.socket === null) return;
  pool.sockets.send(runner.socket, { type: "accepted", run_id: key.run_id, fence: key.fence });
}

/** Tells a runner that its word was not taken, and never will be. */
export function sayRefused(pool: OpenPool, runner: PoolRunner | undefined, key: LeaseKey, message: string): void {
  if (runner === undefined || runner.socket === null) return;
  const told = message.slice(0, 2000);
  pool.sockets.send(runner.socket, { type: "refused", run_id: key.run_id, fence: key.fence, message: told });
}
