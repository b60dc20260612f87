import { limits } from "../../../contract/limits.ts";
import type { CallTask } from "../../../domain/workflow-run/actions.ts";

/** A wait of Cloudflare's is asked for so much at a time: timers of 32 bits end at 24 days. */
const mostWaitMs = 20 * 24 * 3600 * 1000;

/** By when a step's wait is over (milliseconds since 1970): nothing is waited for longer than a workflow may last. */
export function endOfWait({ deadline, startedAt }: Pick<CallTask, "deadline" | "startedAt">): number {
  return deadline ?? startedAt + limits.workflowTimeoutSeconds * 1000;
}

/** How long the next wait for an event may be. */
export function nextWaitMs(until: number, nowMs: number): number {
  return Math.min(until - nowMs, mostWaitMs);
}
