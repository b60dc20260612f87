import { limits } from "../../../contract/limits.ts";
import type { CallOutcome, CallTask } from "../../../domain/workflow-run/actions.ts";
import { cancelRun } from "../../run/cancel-run.ts";
import { childOutcome, timeKeeperOf } from "./ended-child.ts";
import type { OpenRun } from "./open-run.ts";

/** A wait of Cloudflare's is asked for so much at a time: timers of 32 bits end at 24 days. */
const mostWaitMs = 20 * 24 * 3600 * 1000;

/** Waits until the run that does a step has ended, or until the step's time is over: then that run is cancelled. */
export async function awaitChild(open: OpenRun, task: CallTask, runId: string): Promise<CallOutcome> {
  const { needs, steps, row } = open;
  const deadline = task.deadline ?? task.startedAt + limits.workflowTimeoutSeconds * 1000;
  for (let wait = 1; ; wait++) {
    const leftMs = Math.min(deadline - needs.now().getTime(), mostWaitMs);
    const told = await steps.awaitEvent(`${task.path} end ${wait}`, `run-${runId}`, leftMs);
    const outcome = await childOutcome(open, task, runId);
    if (outcome !== null) return outcome;
    // It was told too early, by a reader of D1 that is ahead of this one; or nobody told, and there is time left.
    if (told !== null || needs.now().getTime() < deadline) continue;
    const reason = `step ${task.path} of run ${row.id} has run out of time`;
    await cancelRun(needs, { runId, by: timeKeeperOf(open), reason });
    const ended = await childOutcome(open, task, runId);
    if (ended === null) throw new Error(`run ${runId} was cancelled and has not ended`);
    return ended;
  }
}
