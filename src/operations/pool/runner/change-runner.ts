import { closeCodes } from "../../../bindings/durable/listener-sockets.ts";
import type { OpenPool } from "../open-pool.ts";
import { disconnect, loseLeases } from "./lose-runner.ts";
import { type PoolRunner, rowOfRunner, settleRoom } from "./pool-runner.ts";

/** An admin changes what a runner may do. Null when there is no such runner. */
export function changeRunner(
  pool: OpenPool,
  runnerId: string,
  change: "approve" | "drain" | "resume" | "remove",
): PoolRunner | null {
  const runner = pool.runners.get(runnerId);
  if (runner === undefined) return null;
  const { socket } = runner;
  if (change === "remove") {
    if (socket !== null) pool.sockets.close(socket, closeCodes.normal, "an admin removed this runner");
    disconnect(pool, runner);
    loseLeases(pool, runner, "runner_lost", "an admin removed it");
    pool.runners.delete(runnerId);
    pool.tables.runners.remove(runnerId);
    return runner;
  }
  if (change === "approve") runner.isApproved = true;
  else runner.isDrained = change === "drain";
  pool.tables.runners.save(rowOfRunner(runner));
  settleRoom(runner);
  if (socket !== null)
    pool.sockets.send(socket, change === "approve" ? { type: "approved" } : { type: "drain", on: runner.isDrained });
  pool.turns.matchSoon();
  return runner;
}
