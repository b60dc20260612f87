import { z } from "zod";
import { runFailure } from "../run/run-failure.ts";
import { finalStates } from "../run/run-state.ts";

/** How a run ended that does a step of a workflow: what the workflow's instance is told. */
export const childEnd = z.object({
  state: z.enum(finalStates),
  /** Its first output entity; null unless it succeeded. */
  entity: z.uuid().nullable(),
  finished_at: z.string(),
  failure: runFailure.nullable(),
  /** Why it was cancelled, where somebody said why. */
  reason: z.string().nullable(),
});
export type ChildEnd = z.infer<typeof childEnd>;
