import { z } from "zod";
import { runFailure } from "./run-failure.ts";

/** One requirement that no connected runner meets. */
export const unmet = z.object({
  /** `gpu`, `vram_mb`, `handler`, `model`, `memory_type`, `package`, `compute_capability`, `label`, `memory_mb`, `cpu_cores`, `disk_mb`, `sandbox`, or `together`. */
  requirement: z.string(),
  asked: z.string(),
  /** The nearest that a connected runner has; null when none has any. */
  found: z.string().nullable(),
});
export type Unmet = z.infer<typeof unmet>;

/** Why a run waits: always one of these, always in words too. */
export const waiting = z
  .discriminatedUnion("why", [
    /** On its way through the queue to its pool. */
    z.object({ why: z.literal("not_offered"), message: z.string() }),
    /** Nobody is connected to the pool, or nobody who is could ever do it. */
    z.object({ why: z.literal("no_capable_runner"), message: z.string(), runners: z.int(), unmet: z.array(unmet) }),
    /** Runners that could do it are busy. `position` counts from 1. */
    z.object({ why: z.literal("busy"), message: z.string(), position: z.int(), capable_runners: z.int() }),
    z.object({ why: z.literal("backoff"), message: z.string(), until: z.string(), failure: runFailure }),
    /** The handler failed too often; one run at a time tries it again. */
    z.object({
      why: z.literal("circuit_open"),
      message: z.string(),
      handler: z.string(),
      until: z.string(),
      failures: z.int(),
    }),
  ])
  .meta({ id: "Waiting", description: "Why a queued run has no runner yet." });
export type Waiting = z.infer<typeof waiting>;
