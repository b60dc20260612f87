import { documentOfValue } from "../../../src/domain/document/document-of-value.ts";
import { isMap } from "../../../src/domain/document/json-value.ts";
import { type DataFlow, dataFlow, type FlowStep } from "../../../src/domain/workflow/data-flow.ts";
import { readSteps } from "../../../src/domain/workflow/read-steps.ts";

/** A step that calls a skill. */
export function call(id: string, more: Record<string, unknown> = {}): Record<string, unknown> {
  return { id, skill: "plan", ...more };
}

/** A step with others inside. */
export function container(id: string, type: string, branches: object, more: Record<string, unknown> = {}): object {
  return { id, step_type: type, branches, ...more };
}

/** The order of steps that must be readable. */
export function flowOf(steps: readonly object[]): DataFlow {
  const root = documentOfValue({ steps }).document?.value;
  if (!isMap(root)) throw new Error("the test's own steps cannot be read");
  const read = readSteps(root);
  if (read.findings.length > 0) throw new Error(`the test's own steps: ${read.findings[0]?.message}`);
  return dataFlow(read.steps);
}

/** The only step of an id. */
export function stepOf(flow: DataFlow, id: string): FlowStep {
  const [step, ...others] = flow.steps.filter((one) => one.id === id);
  if (step === undefined || others.length > 0) throw new Error(`there is not one step ${id}`);
  return step;
}
