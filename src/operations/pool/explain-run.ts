import type { RunStanding } from "../../bindings/durable/runner-pool.ts";
import type { Waiting } from "../../contract/run/waiting.ts";
import { closedCircuit } from "../../domain/dispatch/circuit-breaker.ts";
import { explainWaiting } from "../../domain/dispatch/explain-waiting.ts";
import { isoTime } from "./iso-time.ts";
import { connectedRooms } from "./lease/lease-jobs.ts";
import type { OpenPool } from "./open-pool.ts";

/** How a run stands in its pool, and why it waits; null when the pool does not have it. */
export function explainRun(pool: OpenPool, runId: string): RunStanding | null {
  const leased = pool.leased.get(runId);
  if (leased !== undefined) {
    return {
      state: leased.startedAtMs === null ? "leased" : "running",
      attempt: leased.attempt,
      runner: leased.runner,
      leasedAt: isoTime(leased.leasedAtMs),
      startedAt: leased.startedAtMs === null ? null : isoTime(leased.startedAtMs),
      waiting: null,
      progress: leased.progress,
    };
  }
  const row = pool.waiting.has(runId) ? pool.tables.jobs.load(runId) : null;
  if (row === null) return null;
  return {
    state: "queued",
    attempt: row.attempt,
    runner: null,
    leasedAt: null,
    startedAt: null,
    waiting: whyWaiting(pool, runId, row.failure),
    progress: row.progress,
  };
}

function whyWaiting(
  pool: OpenPool,
  runId: string,
  failure: Parameters<typeof explainWaiting>[0]["failure"],
): Waiting | null {
  const nowMs = pool.nowMs();
  pool.waiting.wake(nowMs);
  const job = pool.waiting.get(runId);
  if (job === null) return null;
  const circuit = job.handler === null ? closedCircuit : (pool.circuits.get(job.handler) ?? closedCircuit);
  return explainWaiting({
    job,
    rooms: connectedRooms(pool),
    position: pool.waiting.positionOf(runId) ?? 1,
    failure,
    circuit: job.handler === null || circuit.state === "closed" ? null : { ...circuit, handler: job.handler },
    nowMs,
  });
}
