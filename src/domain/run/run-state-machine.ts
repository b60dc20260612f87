import type { Failure } from "../../contract/failure.ts";
import { isFinal, type RunState } from "../../contract/run/run-state.ts";
import { type Result, refusal, success } from "../result.ts";

/** Who may cause an event: the edge (API, queue, sweep), a pool, the runner that has the lease, who called for the run. */
export type RunActor = "edge" | "pool" | "runner" | "caller";

/** All that can happen to a run. */
export type RunEventName = "lease" | "start" | "succeed" | "retry" | "release" | "fail" | "cancel";

/**
 * Which event may happen in which state, what state follows, and who may cause it.
 *
 *   queued ── lease ──▶ leased ── start ──▶ running ── succeed ──▶ succeeded
 *     ▲                   │                    │
 *     ├── retry, release ─┴────────────────────┤
 *     │                                        │
 *     └── fail, cancel (from any of the three) ┴─▶ failed, cancelled
 *
 * `succeed` from `leased`: the message that it had started was lost.
 */
export const runEvents = {
  lease: { from: ["queued"], to: "leased", by: ["pool"] },
  start: { from: ["leased"], to: "running", by: ["runner"] },
  succeed: { from: ["leased", "running"], to: "succeeded", by: ["runner"] },
  /** A failed attempt is followed by another. */
  retry: { from: ["leased", "running"], to: "queued", by: ["pool"] },
  /** The runner hands the lease back unfinished; this costs no attempt. */
  release: { from: ["leased", "running"], to: "queued", by: ["runner"] },
  /** By the edge: the queue could not hand it to its pool. */
  fail: { from: ["queued", "leased", "running"], to: "failed", by: ["pool", "edge"] },
  cancel: { from: ["queued", "leased", "running"], to: "cancelled", by: ["caller"] },
} as const satisfies Record<RunEventName, { from: readonly RunState[]; to: RunState; by: readonly RunActor[] }>;

/** The state that follows an event, or why the event cannot happen. */
export function nextState(state: RunState, event: RunEventName): Result<RunState, Failure> {
  const { from, to }: { from: readonly RunState[]; to: RunState } = runEvents[event];
  if (from.includes(state)) return success(to);
  if (isFinal(state)) return refusal({ code: "RUN_ENDED", message: `the run has ${state}, and a run ends once` });
  return refusal({
    code: "STATE_CONFLICT",
    message: `a run that is ${state} cannot ${event}; it must be ${from.join(" or ")}`,
  });
}

/** Whether an event may come from there. */
export function mayCause(actor: RunActor, event: RunEventName): boolean {
  const { by }: { by: readonly RunActor[] } = runEvents[event];
  return by.includes(actor);
}
