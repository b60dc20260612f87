import { limits } from "../../contract/limits.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { holdsExpression } from "./holds-expression.ts";
import type { DeclaredOutput } from "./read-interface.ts";
import { type ExpressionSite, sitesOfStep, textsIn } from "./sites-of-step.ts";
import type { WorkflowFacts } from "./workflow-facts.ts";

/** Whether the texts with expressions are too long together to be read one by one. The finding stands where it becomes too much. */
export function checkExpressionsLength(facts: WorkflowFacts, outputs: readonly DeclaredOutput[]): Finding[] {
  let length = 0;
  for (const { text, path, purpose } of allSites(facts, outputs)) {
    if (purpose !== "value" || holdsExpression(text)) length += text.length;
    if (length <= limits.expressionsLength) continue;
    const message = `all expressions of a workflow together may have ${limits.expressionsLength} characters, and up to here there are ${length}`;
    return [
      errorAt("expressions_too_long", path, message, "move what is computed into a function, or split the workflow"),
    ];
  }
  return [];
}

function* allSites(facts: WorkflowFacts, outputs: readonly DeclaredOutput[]): Generator<ExpressionSite> {
  for (const step of facts.flow.steps) {
    const node = facts.nodes.get(step.path);
    if (node !== undefined) yield* sitesOfStep(node, step);
  }
  for (const { value, path } of outputs) {
    yield* textsIn(value, path, { purpose: "value", sees: facts.flow.atEnd, items: [], step: null, seesItself: false });
  }
}
