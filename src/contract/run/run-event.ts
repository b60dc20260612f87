import { z } from "zod";
import { stepState } from "../workflow/step-state.ts";
import { progress } from "./progress.ts";
import { runFailure } from "./run-failure.ts";
import { runState } from "./run-state.ts";

const numbered = {
  /** Counts from 1 within a run; what `Last-Event-ID` names. */
  id: z.int(),
  at: z.string(),
};

/** A line that a run's handler, or its runner, wrote. */
export const logEvent = z.object({
  ...numbered,
  type: z.literal("log"),
  attempt: z.int(),
  stream: z.enum(["stdout", "stderr", "runner"]),
  text: z.string(),
});
export type LogEvent = z.infer<typeof logEvent>;

/** One thing that happened in a run. SSE: `event:` is `type`, `id:` is `id`, `data:` is this as JSON. */
export const runEvent = z
  .discriminatedUnion("type", [
    z.object({
      ...numbered,
      type: z.literal("state"),
      state: runState,
      attempt: z.int(),
      runner: z.string().nullable(),
      /** Of the attempt that just failed, or of the run. */
      failure: runFailure.nullable(),
      /** When a failed attempt will be followed by another: not before this. */
      retry_at: z.string().nullable(),
    }),
    z.object({ ...numbered, type: z.literal("progress"), progress }),
    /** A step of a workflow came into another state. */
    z.object({ ...numbered, type: z.literal("step"), step: stepState }),
    logEvent,
  ])
  .meta({ id: "RunEvent", description: "One thing that happened in a run." });
export type RunEvent = z.infer<typeof runEvent>;
