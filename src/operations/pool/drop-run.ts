import { circuitAfterNoAnswer } from "../../domain/dispatch/circuit-breaker.ts";
import { closeRun } from "./ending/close-run.ts";
import { isoTime } from "./iso-time.ts";
import type { OpenPool } from "./open-pool.ts";
import { changeCircuit } from "./runner/change-circuit.ts";
import { noteCancelled } from "./telling/note-mirror.ts";

/** A run was cancelled in D1: its job goes, its runner is told to stop. A run that was never offered is remembered too, should it still be. */
export function dropRun(pool: OpenPool, runId: string, reason: string): void {
  if (pool.tables.ended.load(runId) !== null) return;
  const leased = pool.leased.get(runId);
  if (leased !== undefined) {
    noteCancelled(pool, leased, isoTime(pool.nowMs()));
    changeCircuit(pool, leased.job.handler, (circuit) => circuitAfterNoAnswer(circuit, pool.nowMs()));
  }
  closeRun(pool, runId, { outcome: "cancelled", fence: leased?.fence ?? 0, failure: null, ending: null, reason });
  pool.turns.matchSoon();
}
