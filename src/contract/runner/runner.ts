import { z } from "zod";
import { runId } from "../run/run-id.ts";
import { capabilities, device } from "./capabilities.ts";

/** A runner as a pool sees it. */
export const runner = z
  .object({
    ...capabilities.shape,
    state: z.enum(["pending", "ready", "draining", "disconnected"]),
    connected_at: z.string().nullable(),
    last_heartbeat_at: z.string().nullable(),
    devices: z.array(
      device.extend({
        /** Leased to jobs. */
        vram_leased_mb: z.int(),
        /** Taken by others than our jobs. */
        vram_other_mb: z.int(),
      }),
    ),
    memory_leased_mb: z.int(),
    cpu_cores_leased: z.int(),
    running: z.array(z.object({ run_id: runId, name: z.string(), device: z.int().nullable(), since: z.string() })),
    warm: z.array(z.string()),
    /** Since the runner was first seen. */
    succeeded: z.int(),
    failed: z.int(),
  })
  .meta({ id: "Runner", description: "A runner as its pool sees it." });
export type Runner = z.infer<typeof runner>;

/** A pool at a glance. */
export const pool = z
  .object({
    name: z.string(),
    /** Runs that wait. */
    depth: z.int(),
    /** Runs that are leased or run. */
    active: z.int(),
    /** Of the run that waits longest; null when none waits. */
    oldest_age_seconds: z.number().nullable(),
    runners: z.int(),
    runners_ready: z.int(),
    devices: z.int(),
    vram_mb: z.int(),
    vram_leased_mb: z.int(),
    /** Handlers whose circuit breaker is open. */
    circuits_open: z.array(z.object({ handler: z.string(), until: z.string(), failures: z.int() })),
  })
  .meta({ id: "Pool", description: "A pool at a glance." });
export type Pool = z.infer<typeof pool>;
