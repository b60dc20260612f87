import type { CallableWorkflow } from "../../contract/artifact/callable.ts";
import type { WorkflowDocument } from "../../contract/workflow/document.ts";
import { interfaceOfWorkflow } from "./skill-interface.ts";

/** A workflow as something to call. */
export function callableWorkflow(workflow: WorkflowDocument): CallableWorkflow {
  const { id, version, name, description, category } = workflow.metadata;
  return { id, version, name, description, category, interface: interfaceOfWorkflow(workflow), workflow };
}
