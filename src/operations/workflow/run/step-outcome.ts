import type { RunEnding } from "../../../bindings/d1/run/run-transitions.ts";
import { copyJson, isMap, type JsonMap } from "../../../domain/document/json-value.ts";
import type { CallOutcome, StepFailure } from "../../../domain/workflow-run/actions.ts";

/** What the end of a run means to the step that it did. Outputs that lie in R2 are left there. */
export function outcomeOfEnding(ending: RunEnding): CallOutcome {
  const finishedAt = Date.parse(ending.finishedAt);
  if (ending.state === "failed") {
    const { class: failureClass, code, message, detail } = ending.failure;
    return { state: "failed", failure: { class: failureClass, code, message, detail }, finishedAt };
  }
  const [first] = ending.entities;
  if (first === undefined) throw new Error(`run ${ending.runId} succeeded without an output`);
  return { state: "succeeded", entity: first.ecs_id, outputs: mapOf(first.data), finishedAt };
}

function mapOf(data: string | null): JsonMap | null {
  const value = data === null ? undefined : copyJson(JSON.parse(data));
  return isMap(value) ? value : null;
}

/** A step that failed before or beside any run. */
export function failedAt(finishedAt: number, failure: Omit<StepFailure, "detail">): CallOutcome {
  return { state: "failed", failure: { ...failure, detail: null }, finishedAt };
}
