import type { Field } from "../../contract/template/field.ts";
import type { ExpressionIssue } from "../expression/infer-type.ts";
import type { Expression } from "../expression/parse-expression.ts";
import type { ValueType } from "../expression/value-type.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { checkReference } from "./check-reference.ts";
import type { DeclaredOutput } from "./read-interface.ts";
import { readSite } from "./read-site.ts";
import { type ExpressionSite, sitesOfStep, textsIn } from "./sites-of-step.ts";
import type { Typing } from "./typing.ts";
import { nouns, whyNotAssignable } from "./why-not-assignable.ts";
import type { WorkflowFacts } from "./workflow-facts.ts";

/** What is wrong with every text of a workflow that holds expressions: what they say, what they read, and of which type it is. */
export function checkExpressions(facts: WorkflowFacts, outputs: readonly DeclaredOutput[], typing: Typing): Finding[] {
  const findings = facts.flow.steps.flatMap((step) => {
    const node = facts.nodes.get(step.path);
    return node === undefined ? [] : sitesOfStep(node, step).flatMap((site) => checkSite(facts, site, typing, null));
  });
  for (const { value, path, field } of outputs) {
    const place = { purpose: "value", sees: facts.flow.atEnd, items: [], step: null, seesItself: false } as const;
    for (const site of textsIn(value, path, place)) {
      // Only the value as a whole is what the output's type speaks of.
      findings.push(...checkSite(facts, site, typing, site.path === path ? field : null));
    }
  }
  return findings;
}

function checkSite(facts: WorkflowFacts, site: ExpressionSite, typing: Typing, wanted: Field | null): Finding[] {
  const { expressions, whole, findings } = readSite(site);
  for (const expression of expressions) {
    const references = checkReferences(facts, site, expression);
    const isReadable = references.every((finding) => finding.severity === "warning");
    const { type, issues } = typing.typeOf(site, expression);
    findings.push(...references, ...issues.flatMap((issue) => asFinding(site, issue, isReadable)));
    const why = isReadable && issues.length === 0 && expression === whole ? whyWrong(site, type, wanted) : null;
    if (why !== null) findings.push(errorAt("type_mismatch", site.path, why));
  }
  return findings;
}

/** Types of what cannot be read say nothing; which roots there are is said by the references. */
function asFinding({ path }: ExpressionSite, issue: ExpressionIssue, isReadable: boolean): Finding[] {
  const { kind, severity, message, suggestion } = issue;
  if (kind === "unknown_function") return [errorAt("function_unknown", path, message, suggestion)];
  if (kind === "unknown_root" || !isReadable) return [];
  return [{ severity, code: "type_mismatch", path, at: "value", message, suggestion }];
}

/** Why the value of a whole text cannot be what is needed there; null where it can. */
function whyWrong({ purpose }: ExpressionSite, type: ValueType, wanted: Field | null): string | null {
  switch (purpose) {
    case "condition":
      return type.type === "boolean" || type.type === "any"
        ? null
        : `a condition is true or false; this gives ${nouns[type.type]}`;
    case "choice": {
      const isList = type.type === "array" || type.type === "object";
      return isList ? `a switch chooses by a string, a number or a boolean; this gives ${nouns[type.type]}` : null;
    }
    case "over":
      return type.type === "array" || type.type === "any"
        ? null
        : `a map goes over an array; this gives ${nouns[type.type]}`;
    case "value": {
      const why = wanted === null ? null : whyNotAssignable(type, wanted);
      return why === null ? null : `the output is declared otherwise: ${why}`;
    }
  }
}

function checkReferences(facts: WorkflowFacts, site: ExpressionSite, expression: Expression): Finding[] {
  const said = new Set<string>();
  return expression.references
    .flatMap((reference) => checkReference(facts, site, reference))
    .filter(({ message }) => {
      const isNew = !said.has(message);
      said.add(message);
      return isNew;
    });
}
