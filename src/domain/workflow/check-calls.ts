import type { Field } from "../../contract/template/field.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import type { ValueType } from "../expression/value-type.ts";
import { childPointer, pointerOf } from "../pointer.ts";
import { errorAt, type Finding, warningAt } from "../template/check-finding.ts";
import { checkValue } from "../template/value/check-value.ts";
import { mustBeGiven } from "../template/value/field-facts.ts";
import { quote } from "../template/value/show-value.ts";
import type { FlowStep } from "./data-flow.ts";
import { holdsExpression } from "./holds-expression.ts";
import { type ReadCall, readCall } from "./read-call.ts";
import { readSite } from "./read-site.ts";
import type { KnownSkills, SkillInterface } from "./skill-interface.ts";
import type { Typing } from "./typing.ts";
import { nouns, whyNotAssignable } from "./why-not-assignable.ts";
import type { WorkflowFacts } from "./workflow-facts.ts";

/** What steps give their skills against what these take, as far as the skills are known; and skills that nobody has. */
export function checkCalls(facts: WorkflowFacts, known: KnownSkills, typing: Typing): Finding[] {
  return facts.flow.steps.flatMap((step) => {
    const body = facts.nodes.get(step.path)?.body;
    if (step.kind !== "call" || body === undefined) return [];
    const undo = own(body, "compensate");
    const undone = isMap(undo) ? checkCall(known, typing, step, undo, childPointer(step.path, "compensate")) : [];
    return [...checkCall(known, typing, step, body, step.path), ...undone];
  });
}

function checkCall(known: KnownSkills, typing: Typing, step: FlowStep, body: JsonMap, path: string): Finding[] {
  const call = readCall(body);
  const found = call === null || call.skill === null ? undefined : known.get(call.skill);
  if (call === null || found === undefined) return [];
  if (found === null) {
    const message = `nobody here has the skill ${quote(call.skill ?? "")} yet: a run would fail at this step`;
    const suggestion = "publish a template, function, workflow or agent that has it, before it is run";
    return [warningAt("skill_unresolved", pointerOf(call.skillAt, path), message, suggestion)];
  }
  return isMap(call.inputs) ? checkGiven(call, found, call.inputs, pointerOf(call.inputsAt, path), typing, step) : [];
}

function checkGiven(
  call: ReadCall,
  { inputs, takesMore = false }: SkillInterface,
  given: JsonMap,
  path: string,
  typing: Typing,
  step: FlowStep,
): Finding[] {
  if (inputs === null) return [];
  const skill = call.skill ?? "";
  const findings: Finding[] = [];
  for (const [name, field] of Object.entries(inputs)) {
    if (Object.hasOwn(given, name) || !mustBeGiven(field)) continue;
    const message = `${skill} needs the input ${quote(name)} (${nouns[field.type]}), and the step does not give it`;
    findings.push(errorAt("call_input_missing", childPointer(path, name), message, `add ${name} to inputs`, "key"));
  }
  for (const [name, value] of Object.entries(given)) {
    const at = childPointer(path, name);
    const field = fieldOf(inputs, name);
    if (field === undefined) {
      if (takesMore) continue;
      const names = Object.keys(inputs);
      const near = didYouMean(name, names);
      const suggestion = near === null ? `its inputs are ${names.join(", ") || "none"}` : `did you mean ${near}?`;
      findings.push(errorAt("call_input_unknown", at, `${skill} has no input ${quote(name)}`, suggestion, "key"));
    } else findings.push(...checkGivenValue(field, value, at, typing, step));
  }
  return findings;
}

function fieldOf(fields: Readonly<Record<string, Field>>, name: string): Field | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** A value that is written out is judged as a run would; one that is computed, by its type; one that is partly so, not at all. */
function checkGivenValue(field: Field, value: JsonValue, path: string, typing: Typing, step: FlowStep): Finding[] {
  if (!isComputed(value)) {
    return checkValue(field, value, path).map((issue) =>
      errorAt("type_mismatch", issue.path, issue.message, issue.suggestion),
    );
  }
  if (typeof value !== "string") return [];
  const { sees, items } = step;
  const site = { path, text: value, purpose: "value", sees, items, step, seesItself: false } as const;
  const { expressions, whole, findings } = readSite(site);
  if (findings.length > 0 || expressions.length === 0) return [];
  const type: ValueType = whole === null ? { type: "string" } : typing.typeOf(site, whole).type;
  const why = whyNotAssignable(type, field);
  return why === null ? [] : [errorAt("type_mismatch", path, `the skill wants something else: ${why}`)];
}

function isComputed(value: JsonValue): boolean {
  if (typeof value === "string") return holdsExpression(value);
  if (Array.isArray(value)) return value.some(isComputed);
  return isMap(value) && Object.values(value).some(isComputed);
}
