import type { CallOutcome, CallTask } from "../../../domain/workflow-run/actions.ts";
import { runEndEventType } from "../../../domain/workflow-run/run-end-event.ts";
import { cancelRun } from "../../run/cancel-run.ts";
import { childOutcome, timeKeeperOf } from "./ended-child.ts";
import type { OpenRun } from "./open-run.ts";
import { endOfWait, nextWaitMs } from "./wait-times.ts";

/** Waits until the run that does a step has ended, or until the step's time is over: then that run is cancelled. */
export async function awaitChild(open: OpenRun, task: CallTask, runId: string): Promise<CallOutcome> {
  const { needs, steps, row } = open;
  const deadline = endOfWait(task);
  for (let wait = 1; ; wait++) {
    const leftMs = nextWaitMs(deadline, needs.now().getTime());
    const told = await steps.awaitEvent(`${task.path} end ${wait}`, runEndEventType(runId), leftMs);
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
