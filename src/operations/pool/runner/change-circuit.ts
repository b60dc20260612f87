import { type Circuit, closedCircuit } from "../../../domain/dispatch/circuit-breaker.ts";
import type { OpenPool } from "../open-pool.ts";

/** Changes the circuit of a handler, in memory and on disk. Work without a handler has none. */
export function changeCircuit(pool: OpenPool, handler: string | null, change: (circuit: Circuit) => Circuit): void {
  if (handler === null) return;
  const before = pool.circuits.get(handler) ?? closedCircuit;
  const after = change(before);
  // Most runs succeed, with a circuit that has nothing to forget.
  if (after === before || (after.state === "closed" && before.state === "closed" && after.failures === before.failures))
    return;
  pool.circuits.set(handler, after);
  pool.tables.saveCircuit(handler, after);
  if (after.state !== "closed") pool.wakeAt(after.untilMs);
}
