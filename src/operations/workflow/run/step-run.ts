import type { CallTask } from "../../../domain/workflow-run/actions.ts";
import { attributeSources } from "../../../domain/workflow-run/attribute-sources.ts";
import type { StepRun } from "../../run/prepare-run.ts";
import { childRunId } from "./child-run-id.ts";
import type { OpenRun } from "./open-run.ts";

/** The run that does a step: its id, whose step it does, its inputs and where they came from. */
export function stepRunOf({ row }: OpenRun, task: CallTask): StepRun {
  const { values, sources } = task.inputs;
  return {
    runId: childRunId(row.id, task.path, row.created_at),
    parent: { run: row.id, step: task.path },
    resolved: { values, ...attributeSources({ values, sources }) },
  };
}
