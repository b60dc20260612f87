import { limits } from "../../../contract/limits.ts";
import type { PinnedSkill } from "../../../contract/workflow/plan.ts";
import type { CallOutcome, CallTask } from "../../../domain/workflow-run/actions.ts";
import { startWorkflowRun } from "../start-workflow-run.ts";
import { awaitChild } from "./await-child.ts";
import { endedChild } from "./ended-child.ts";
import { NoLongerDurable } from "./no-longer-durable.ts";
import type { OpenRun } from "./open-run.ts";
import { refusedStep } from "./refused-step.ts";
import { failedAt } from "./step-outcome.ts";
import { stepRunOf } from "./step-run.ts";

/** Runs another workflow as a step, and waits for its end. It calls what this run's plan fixed. */
export async function callWorkflow(
  open: OpenRun,
  task: CallTask,
  skill: Extract<PinnedSkill, { kind: "workflow" }>,
  planDigest: string,
): Promise<CallOutcome> {
  const earlier = endedChild(open, task);
  if (earlier !== null) return earlier;
  if (open.depth >= limits.workflowNesting) {
    const message = `${limits.workflowNesting} workflows call each other, one inside of the other; that is the most`;
    return failedAt(task.startedAt, { class: "permanent", code: "limit_reached", message });
  }
  const begun = await open.steps.do(task.path, async () => {
    const { needs, row, wishes, depth } = open;
    const { runId, parent, resolved } = stepRunOf(open, task);
    const createdAt = needs.now();
    const started = await startWorkflowRun(needs, {
      runId,
      createdAt: createdAt.toISOString(),
      skill,
      planDigest,
      depth: depth + 1,
      given: resolved,
      labels: {},
      wishes,
      timeoutSeconds: null,
      by: row.created_by,
      parent,
      retryOf: null,
      keyed: null,
    });
    if (!started.ok && started.failure.code === "RUN_ENDED") return { isOver: true };
    if (!started.ok) return { refused: refusedStep(started.failure, createdAt.getTime()) };
    return { run: runId, inputEntity: started.value.run.input_entity };
  });
  if ("isOver" in begun) throw new NoLongerDurable(task.path, "its workflow's run has ended");
  if ("refused" in begun) return begun.refused;
  open.journal.note({ path: task.path, run: begun.run, input_entity: begun.inputEntity });
  return awaitChild(open, task, begun.run);
}
