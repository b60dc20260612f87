import { z } from "zod";

/** Where a run stands. The last three are final. */
export const runState = z.enum(["queued", "leased", "running", "succeeded", "failed", "cancelled"]);
export type RunState = z.infer<typeof runState>;

export const finalStates = ["succeeded", "failed", "cancelled"] as const satisfies readonly RunState[];
export type FinalState = (typeof finalStates)[number];

export function isFinal(state: RunState): state is FinalState {
  return state === "succeeded" || state === "failed" || state === "cancelled";
}
