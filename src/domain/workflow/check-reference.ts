import { didYouMean } from "../did-you-mean.ts";
import type { Reference } from "../expression/find-references.ts";
import { errorAt, type Finding, warningAt } from "../template/check-finding.ts";
import { hasDefault, isMarkedRequired } from "../template/value/field-facts.ts";
import { quote } from "../template/value/show-value.ts";
import { checkOutputsPath } from "./check-outputs-path.ts";
import { itemNameOf } from "./item-name.ts";
import type { ExpressionSite } from "./sites-of-step.ts";
import { whyUnseen } from "./why-unseen.ts";
import type { WorkflowFacts } from "./workflow-facts.ts";

/** What is wrong with what an expression reads: no such root, input or step, or a step that has not surely run by then. */
export function checkReference(facts: WorkflowFacts, site: ExpressionSite, reference: Reference): Finding[] {
  const [root = "", ...rest] = reference.path;
  // Inside of a map, its item hides what has the same name.
  if (site.items.includes(root)) return [];
  switch (root) {
    case "workflow":
      return checkInput(facts, site, reference, rest);
    case "steps":
      return checkStepReference(facts, site, reference, rest);
    case "run":
      return checkRun(site, rest);
    default:
      return [unknownRoot(facts, site, root)];
  }
}

const rootWords = ["workflow.input", "steps", "run"];
const runKeys = ["id", "started_at"];

function checkInput(
  facts: WorkflowFacts,
  site: ExpressionSite,
  { guarded }: Reference,
  [part, name]: readonly string[],
): Finding[] {
  if (part !== "input") {
    const found = part === undefined ? "workflow" : `workflow.${part}`;
    const suggestion =
      part === undefined ? "write workflow.input" : (hintOf(part, ["input"], "workflow.") ?? "write workflow.input");
    return [errorAt("root_unknown", site.path, `${found} is nothing; of a workflow its input can be read`, suggestion)];
  }
  const declared = facts.inputs;
  if (name === undefined || declared === null || declared.broken.has(name)) return [];
  const field = declared.fields.get(name);
  if (field !== undefined) return guarded || isMarkedRequired(field) || hasDefault(field) ? [] : [missable(site, name)];
  const message = `workflow.input.${name} is read, and the workflow declares no input ${quote(name)}`;
  const names = [...declared.fields.keys(), ...declared.broken];
  const suggestion = hintOf(name, names, "workflow.input.") ?? "declare it under inputs";
  return [errorAt("input_undeclared", site.path, message, suggestion)];
}

function missable(site: ExpressionSite, name: string): Finding {
  const message = `workflow.input.${name} is read, and a run may leave it out: the step fails then`;
  const suggestion = `give it required: true or a default, or ask first: has(workflow.input.${name}) ? … : …`;
  return warningAt("input_may_be_missing", site.path, message, suggestion);
}

function checkRun(site: ExpressionSite, [part]: readonly string[]): Finding[] {
  if (part === undefined || runKeys.includes(part)) return [];
  const message = `run.${part} is nothing; of a run ${runKeys.join(" and ")} can be read`;
  return [errorAt("root_unknown", site.path, message, hintOf(part, runKeys, "run."))];
}

function checkStepReference(
  facts: WorkflowFacts,
  site: ExpressionSite,
  { guarded }: Reference,
  [id, ...rest]: readonly string[],
): Finding[] {
  if (id === undefined) {
    const message =
      "the expression reads steps as a whole, or by an index that it computes: what it needs cannot be known before";
    return [errorAt("step_computed", site.path, message, "name the step, like steps.plan.outputs")];
  }
  const steps = facts.byId.get(id) ?? [];
  const seen = site.seesItself && site.step?.id === id ? "sure" : site.sees.get(id);
  if (seen === undefined) {
    const [target] = steps;
    return target === undefined ? [unknownStep(facts, site, id)] : [whyUnseen(facts, site, target)];
  }
  if (seen === "maybe" && !guarded) {
    const message = `steps.${id} is read, and may be skipped: it does not run on every way to here`;
    const suggestion = `ask first: has(steps.${id}) ? steps.${[id, ...rest].join(".")} : null`;
    return [errorAt("step_may_be_skipped", site.path, message, suggestion)];
  }
  const found = steps.map((step) => checkOutputsPath(facts, site, { step, path: rest, guarded }));
  return found.find((findings) => findings.length > 0) ?? [];
}

function unknownStep(facts: WorkflowFacts, site: ExpressionSite, id: string): Finding {
  const message = `steps.${id} is read, and no step has the id ${quote(id)}`;
  const near = didYouMean(id, [...site.sees.keys()]) ?? didYouMean(id, [...facts.byId.keys()]);
  return errorAt("step_unknown", site.path, message, near === null ? null : `did you mean steps.${near}?`);
}

function unknownRoot(facts: WorkflowFacts, site: ExpressionSite, root: string): Finding {
  const maps = [...facts.nodes.values()].filter((node) => node.kind === "map");
  if (root === "item" || maps.some((node) => itemNameOf(node.body) === root)) {
    const [innermost] = site.items.slice(-1);
    const message = `${root} is the item of a map, and this is not inside of one that has it`;
    const suggestion =
      innermost === undefined ? "read it in the steps of the map" : `the item here is called ${innermost}`;
    return errorAt("item_outside_map", site.path, message, suggestion);
  }
  const message = `there is nothing called ${quote(root)} here; expressions read ${[...rootWords, ...site.items].join(", ")}`;
  return errorAt("root_unknown", site.path, message, rootHint(facts, site, root));
}

function rootHint(facts: WorkflowFacts, site: ExpressionSite, root: string): string | null {
  if (facts.inputs?.fields.has(root) === true) return `did you mean workflow.input.${root}?`;
  if (site.sees.has(root)) return `did you mean steps.${root}.outputs?`;
  if (root === "input" || root === "inputs") return "did you mean workflow.input?";
  const near = didYouMean(root, ["workflow", "steps", "run", ...site.items]);
  return near === null ? `text stands in quotes: '${root}'` : `did you mean ${near}?`;
}

function hintOf(word: string, known: readonly string[], start: string): string | null {
  const near = didYouMean(word, known);
  return near === null ? null : `did you mean ${start}${near}?`;
}
