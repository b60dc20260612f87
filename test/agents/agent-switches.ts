import { z } from "zod";

/** What goes wrong with an agent, until it is told otherwise: by `PUT /switches`, or by `AGENT_SWITCHES` when it starts. */
export const agentSwitches = z.strictObject({
  /** Calls from now on that fail. */
  failTimes: z.int().min(0).default(0),
  /**
   * How: as HTTP 503, as an error of JSON-RPC that says it may be tried again or does not say, by a connection that breaks before the work is
   * done or after it, or by an answer that is no JSON.
   */
  failWith: z.enum(["503", "retryable", "error", "broken", "broken_after", "garbage"]).default("503"),
  /** How long every call takes at least. */
  delayMs: z.int().min(0).default(0),
  /** The next call ends the process, before the work is done or after it. Once. */
  crash: z.enum(["before", "after"]).nullable().default(null),
});
export type AgentSwitches = z.infer<typeof agentSwitches>;
