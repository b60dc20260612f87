import { compensation, stepId } from "../../contract/workflow/step.ts";
import { isMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding, warningAt } from "../template/check-finding.ts";
import { checkShape } from "../template/check-shape.ts";
import { checkMapping } from "./check-mapping.ts";
import { checkSkill } from "./check-skill.ts";
import { checkRetry, checkTimeout, longestTimeout } from "./check-timing.ts";
import { checkStepKeys, nounOfKind, stepShapes } from "./step-keys.ts";
import type { StepKind, StepNode } from "./step-node.ts";

/** What is wrong with a step by itself: its keys and their values, without those of the steps inside. */
export function checkStep({ body, kind, path }: StepNode): Finding[] {
  const findings = checkId(own(body, "id"), childPointer(path, "id"));
  if (kind === null) return findings;
  const at = (key: string): string => childPointer(path, key);
  findings.push(...checkStepKeys(body, kind, path), ...missingKeys(body, kind, path));
  for (const [key, value] of Object.entries(body)) {
    const schema = Object.hasOwn(stepShapes[kind], key) ? stepShapes[kind][key] : undefined;
    if (schema === undefined || checkedApart.has(key)) continue;
    findings.push(...checkShape(schema, value, at(key), key === "compensate" ? Object.keys(compensation.shape) : []));
  }
  const retry = Object.hasOwn(stepShapes[kind], "retry") ? own(body, "retry") : undefined;
  findings.push(
    ...checkTimeout(own(body, "timeout"), at("timeout"), longestTimeout(kind === "call")),
    ...checkRetry(retry, at("retry")),
  );
  switch (kind) {
    case "call":
      findings.push(...checkCall(body, path));
      break;
    case "approval":
      findings.push(...checkApproval(body, path));
      break;
    case "map":
      findings.push(...ignoredSkill(body, kind, path), ...checkMapping(own(body, "branches"), at("branches")));
      break;
    case "sequence":
    case "parallel":
    case "conditional":
    case "switch":
      findings.push(...ignoredSkill(body, kind, path));
  }
  return findings;
}

/** Their values have rules of their own. */
const checkedApart: ReadonlySet<string> = new Set(["id", "step_type", "branches", "timeout", "retry", "skill"]);

type Body = StepNode["body"];

function checkId(id: JsonValue | undefined, path: string): Finding[] {
  if (id === undefined) return [errorAt("missing_key", path, "the step has no id", "add id", "key")];
  const legal =
    typeof id === "string"
      ? id
          .toLowerCase()
          .replaceAll(/[^a-z0-9_]+/g, "_")
          .replace(/^[^a-z]+/, "")
      : "";
  const suggestion = stepId.safeParse(legal).success ? `write ${legal}` : null;
  return checkShape(stepId, id, path).map((finding) =>
    finding.code === "bad_form" ? { ...finding, suggestion } : finding,
  );
}

function missingKeys(body: Body, kind: StepKind, path: string): Finding[] {
  return needed[kind]
    .filter(([key]) => own(body, key) === undefined)
    .map(([key, why]) => {
      const message = `the key ${key} is missing: ${nounOfKind[kind]} ${why}`;
      return errorAt("missing_key", childPointer(path, key), message, `add ${key}`, "key");
    });
}

const needed: Readonly<Record<StepKind, readonly (readonly [string, string])[]>> = {
  call: [["skill", "says whom it calls"]],
  approval: [["message", "says what is asked"]],
  sequence: [],
  parallel: [],
  conditional: [["condition", "says when which branch is taken"]],
  switch: [["condition", "says by it which case is chosen"]],
  map: [],
};

function checkCall(body: Body, path: string): Finding[] {
  const findings: Finding[] = [];
  const skill = own(body, "skill");
  if (skill !== undefined) findings.push(...checkSkill(skill, own(body, "inputs"), path));
  const undo = own(body, "compensate");
  if (isMap(undo)) {
    const called = own(undo, "skill");
    const at = childPointer(path, "compensate");
    // That it is missing or no text is said by the shape.
    if (typeof called === "string" && called !== "") findings.push(...checkSkill(called, own(undo, "inputs"), at));
  }
  return findings;
}

function checkApproval(body: Body, path: string): Finding[] {
  if (own(body, "default") === undefined || own(body, "timeout") !== undefined) return [];
  const message = "default is the answer when time is up, and there is no timeout";
  const at = childPointer(path, "default");
  return [errorAt("default_without_timeout", at, message, "add timeout, or remove default", "key")];
}

function ignoredSkill(body: Body, kind: StepKind, path: string): Finding[] {
  if (own(body, "skill") === undefined) return [];
  const message = `skill is ignored: ${nounOfKind[kind]} calls nobody itself, the steps inside do`;
  return [warningAt("skill_ignored", childPointer(path, "skill"), message, "remove skill", "key")];
}
