import type { DurableSteps } from "../../../bindings/workflow/durable-steps.ts";
import { limits } from "../../../contract/limits.ts";
import { copyJson, isMap, type JsonMap } from "../../../domain/document/json-value.ts";
import { sourcedData } from "../../../domain/entity/sourced-data.ts";
import { interpretWorkflow } from "../../../domain/workflow-run/interpret-workflow.ts";
import type { WorkflowOutcome } from "../../../domain/workflow-run/workflow-outcome.ts";
import { loadEntity } from "../../entity/load-entity.ts";
import { actionsOf } from "./actions-of.ts";
import { endRun } from "./end-run.ts";
import type { EngineNeeds } from "./engine-needs.ts";
import { loadRun } from "./load-run.ts";
import { NoLongerDurable } from "./no-longer-durable.ts";
import type { OpenRun } from "./open-run.ts";
import { tellAgain } from "./tell-again.ts";

/**
 * Does a run of a workflow, from its beginning or from wherever its durable steps have come. Throws only where this is not for us to decide:
 * stores that are away, an instance that is stopped; then it is run again.
 */
export async function runWorkflow(needs: EngineNeeds, steps: DurableSteps, runId: string): Promise<void> {
  const open = await loadRun(needs, steps, runId);
  if (open === null) return;
  await tellAgain(open);
  await endRun(open, await interpret(open));
}

async function interpret(open: OpenRun): Promise<WorkflowOutcome> {
  const { row, job, document, needs } = open;
  const start = {
    input: sourcedData(row.input_entity, mapOf(await inputsOf(open))),
    run: { id: row.id, startedAt: Date.parse(row.created_at) },
    timeoutSeconds: job.timeout_seconds < limits.workflowTimeoutSeconds ? job.timeout_seconds : undefined,
  };
  try {
    return await interpretWorkflow(document, start, actionsOf(open));
  } catch (error) {
    if (error instanceof NoLongerDurable) throw error;
    // A fault of ours: the run must not hang for it.
    console.error(
      JSON.stringify({ level: "error", workflow_run: row.id, error: String(error), stack: stackOf(error) }),
    );
    const message = `the registry failed while it interpreted the workflow: ${String(error)}`.slice(0, 500);
    const failure = { class: "unknown", code: "process_died", message, detail: null } as const;
    return { state: "failed", failure, step: null, finishedAt: needs.now().getTime() };
  }
}

/** The job carries them along, unless they are large. */
async function inputsOf({ row, job, needs }: OpenRun): Promise<Record<string, unknown>> {
  if (job.inputs !== null) return job.inputs;
  const input = await loadEntity(needs, row.input_entity);
  if (input === null) throw new Error(`run ${row.id} names an input entity ${row.input_entity} that D1 lacks`);
  return input.data;
}

function mapOf(data: Record<string, unknown>): JsonMap {
  const value = copyJson(data);
  return isMap(value) ? value : {};
}

function stackOf(error: unknown): string | null {
  return error instanceof Error ? (error.stack ?? null) : null;
}
