import type { Issue } from "../../contract/issue.ts";
import { documentOfValue } from "../document/document-of-value.ts";
import { isMap, type JsonValue } from "../document/json-value.ts";
import { checkWorkflow } from "./check-workflow.ts";
import { readSteps } from "./read-steps.ts";
import type { KnownSkills } from "./skill-interface.ts";
import { allNodes, type StepNode } from "./step-node.ts";

/** A place of a workflow that no longer fits what it calls. */
export interface BrokenStep {
  /** `step draw`, `the outputs`. */
  where: string;
  message: string;
}

/** Of one workflow; where more is wrong, the rest follows from it or can wait. */
const mostTold = 5;

/** The errors that a workflow has when skills take and give what `is` says, and has not by what `was` says. */
export function brokenSteps(document: JsonValue, was: KnownSkills, is: KnownSkills): BrokenStep[] {
  const before = new Set(errorsOf(document, was).map(({ code, path }) => `${code} ${path}`));
  const added = errorsOf(document, is).filter(({ code, path }) => !before.has(`${code} ${path}`));
  const nodes = isMap(document) ? allNodes(readSteps(document).steps) : [];
  return added.slice(0, mostTold).map(({ path, message }) => ({ where: whereIs(path, nodes), message }));
}

function errorsOf(value: JsonValue, skills: KnownSkills): Issue[] {
  const { document } = documentOfValue(value);
  if (document === null) return [];
  return checkWorkflow(document, { name: null, skills }).issues.filter(({ severity }) => severity === "error");
}

/** The innermost step that a JSON Pointer leads into. */
function whereIs(path: string, nodes: readonly StepNode[]): string {
  const around = nodes.filter((node) => path === node.path || path.startsWith(`${node.path}/`));
  const innermost = around.reduce<StepNode | null>(
    (found, node) => (found === null || node.path.length > found.path.length ? node : found),
    null,
  );
  return innermost === null ? "the outputs" : `step ${innermost.id ?? innermost.path}`;
}
