import type { FunctionDefinition } from "../function/document.ts";
import type { AbstractTemplate, Inputs, Outputs, Template } from "../template/document.ts";
import type { WorkflowDocument } from "../workflow/document.ts";

/** What templates, functions and workflows have in common: an interface that is looked up, documented, checked and compared. */
export type Callable = Template | FunctionDefinition | CallableWorkflow;

/** A workflow as something to call. */
export interface CallableWorkflow {
  id: string;
  version: string;
  name: string;
  description?: string | undefined;
  category?: string | undefined;
  /** Null: it takes anything; it does not say what it gives. */
  interface: { inputs: Inputs | null; outputs: Outputs | null };
  /** Null where it was published before today's rules, and breaks them: such a one cannot run. */
  workflow: WorkflowDocument | null;
}

/** Abstract templates exist to be extended: they cannot run. */
export function isAbstract(callable: Callable): callable is AbstractTemplate {
  return "abstract" in callable && callable.abstract === true;
}

/** Whether it is a workflow's. */
export function isWorkflow(callable: Callable): callable is CallableWorkflow {
  return "workflow" in callable;
}
