import type { FailureClass } from "../../contract/run/run-failure.ts";

/**
 * The circuit breaker of one handler in one pool: a handler that always fails is not fed every waiting job.
 *
 *   closed ── 5 failures, one after the other ──▶ open ── its time is over, one job is let through ──▶ half_open
 *     ▲                                            ▲                                                    │
 *     └── a success, in any state                  └── that job fails: open for twice as long ──────────┘
 */
export type Circuit =
  | { state: "closed"; failures: number }
  | { state: "open"; failures: number; untilMs: number; openMs: number }
  | { state: "half_open"; failures: number; untilMs: number; openMs: number };

/** `once`: one job may go, whose outcome is then awaited. */
export type MayTry = boolean | "once";

export const closedCircuit: Circuit = { state: "closed", failures: 0 };

/** Failures of this class, one after the other, open a circuit: 5. */
export const circuitFailures = 5;
export const circuitOpenMs = 30_000;
export const circuitOpenMostMs = 15 * 60_000;

/** Whether a job of the handler may start. */
export function mayTry(circuit: Circuit, nowMs: number): MayTry {
  if (circuit.state === "closed") return true;
  return nowMs >= circuit.untilMs ? "once" : false;
}

/** A job of the handler was leased. */
export function circuitOnTry(circuit: Circuit, nowMs: number): Circuit {
  if (circuit.state === "closed") return circuit;
  // Should nobody ever tell how the trial went, another is made when as much time has passed again.
  return { ...circuit, state: "half_open", untilMs: nowMs + circuit.openMs };
}

/** An attempt failed. Only `permanent` and `unknown` speak against the handler; the others are the inputs' or the machine's fault. */
export function circuitAfterFailure(circuit: Circuit, failureClass: FailureClass, nowMs: number): Circuit {
  if (failureClass !== "permanent" && failureClass !== "unknown") return circuitAfterNoAnswer(circuit, nowMs);
  const failures = circuit.failures + 1;
  if (circuit.state === "closed") {
    if (failures < circuitFailures) return { state: "closed", failures };
    return { state: "open", failures, untilMs: nowMs + circuitOpenMs, openMs: circuitOpenMs };
  }
  // A job that had started before the circuit opened tells nothing new.
  if (circuit.state === "open") return { ...circuit, failures };
  const openMs = Math.min(circuit.openMs * 2, circuitOpenMostMs);
  return { state: "open", failures, untilMs: nowMs + openMs, openMs };
}

export function circuitAfterSuccess(_circuit: Circuit): Circuit {
  return closedCircuit;
}

/** A job ended without a word about its handler (released, cancelled, its runner lost): another may be the trial at once. */
export function circuitAfterNoAnswer(circuit: Circuit, nowMs: number): Circuit {
  return circuit.state === "half_open" ? { ...circuit, state: "open", untilMs: nowMs } : circuit;
}
