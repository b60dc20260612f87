import type { OpenPool } from "../open-pool.ts";
import type { PoolRunner } from "./pool-runner.ts";

/** Writes what is known of a runner's connection to its socket, where it outlives the pool's memory. */
export function keepLink(pool: OpenPool, runner: PoolRunner): void {
  if (runner.socket === null) return;
  pool.sockets.setLink(runner.socket, {
    role: "runner",
    runnerId: runner.id,
    connectedAtMs: runner.connectedAtMs ?? runner.heardAtMs,
    heardAtMs: runner.heardAtMs,
    isDraining: runner.isDraining,
  });
}
