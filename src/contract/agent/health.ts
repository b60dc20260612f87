import { z } from "zod";
import { version } from "../artifact/version.ts";

/** `unknown`: not asked yet, or not asked at all; the message says why. */
export const healthState = z.enum(["healthy", "unknown", "unhealthy"]);
export type HealthState = z.infer<typeof healthState>;

/** What asking an agent's address told. */
export const healthCheck = z
  .object({
    state: healthState,
    /** Null: never. */
    checked_at: z.iso.datetime().nullable(),
    /** Since when it is in this state. */
    changed_at: z.iso.datetime().nullable(),
    latency_ms: z.int().nonnegative().nullable(),
    /** Why it is not healthy; null where it is. */
    message: z.string().nullable(),
    /** Checks in a row that failed. */
    failures: z.int().nonnegative(),
  })
  .meta({ id: "HealthCheck" });
export type HealthCheck = z.infer<typeof healthCheck>;

/** What has never been asked. */
export const neverChecked: HealthCheck = {
  state: "unknown",
  checked_at: null,
  changed_at: null,
  latency_ms: null,
  message: "it was not asked yet",
  failures: 0,
};

export const agentHealth = z
  .object({ name: z.string(), version, url: z.string(), ...healthCheck.shape })
  .meta({ id: "AgentHealth" });
export type AgentHealth = z.infer<typeof agentHealth>;
