import type { z } from "zod";
import {
  approvalStep,
  callStep,
  conditionalStep,
  mapStep,
  parallelStep,
  sequenceStep,
  switchStep,
} from "../../contract/workflow/step.ts";
import { didYouMean } from "../did-you-mean.ts";
import type { JsonMap } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { quote } from "../template/value/show-value.ts";
import type { StepKind } from "./step-node.ts";

/** The keys of each kind of step, with the schemas of their values. */
export const stepShapes: Readonly<Record<StepKind, Readonly<Record<string, z.ZodType>>>> = {
  call: callStep.shape,
  approval: approvalStep.shape,
  sequence: sequenceStep.shape,
  parallel: parallelStep.shape,
  conditional: conditionalStep.shape,
  switch: switchStep.shape,
  map: mapStep.shape,
};

/** The keys of `branches`; null where its keys are an author's own. */
export const branchKeys: Readonly<Record<StepKind, readonly string[] | null>> = {
  call: [],
  approval: [],
  sequence: Object.keys(sequenceStep.shape.branches.shape),
  parallel: Object.keys(parallelStep.shape.branches.shape),
  conditional: Object.keys(conditionalStep.shape.branches.shape),
  switch: null,
  map: Object.keys(mapStep.shape.branches.shape),
};

/** How messages name a kind of step. */
export const nounOfKind: Readonly<Record<StepKind, string>> = {
  call: "a step that calls a skill",
  approval: "an approval",
  sequence: "a sequence of steps",
  parallel: "a parallel",
  conditional: "a conditional",
  switch: "a switch",
  map: "a map",
};

const kinds: readonly StepKind[] = ["call", "approval", "sequence", "parallel", "conditional", "switch", "map"];

/** The keys of a step that its kind does not have. */
export function checkStepKeys(body: JsonMap, kind: StepKind, path: string): Finding[] {
  const known = Object.keys(stepShapes[kind]);
  return Object.keys(body)
    .filter((key) => !known.includes(key))
    .map((key) => {
      const at = childPointer(path, key);
      const having = kinds.filter((other) => Object.hasOwn(stepShapes[other], key));
      if (having.length > 0) {
        const message = `${key} cannot act on ${nounOfKind[kind]}; it acts on ${having.map((one) => nounOfKind[one]).join(", ")}`;
        return errorAt("key_not_for_step", at, message, remedyOf(key), "key");
      }
      const home = kinds.find((other) => branchKeys[other]?.includes(key) === true);
      const order = /^(depends_on|needs|after|next)$/.test(key)
        ? "steps run in the order that they are written in"
        : null;
      return strangeKey(path, key, known, home === undefined ? order : `${key} belongs under branches`);
    });
}

/** The refusal of a key that nothing reads. `home`: what to do with it, when that is known. */
export function strangeKey(path: string, key: string, known: readonly string[], home: string | null = null): Finding {
  const word = Object.hasOwn(otherWords, key) ? otherWords[key] : undefined;
  const near = word !== undefined && known.includes(word) ? word : didYouMean(key, known);
  const suggestion = home ?? (near === null ? `the keys here are ${known.join(", ")}` : `did you mean ${near}?`);
  return errorAt("unknown_key", childPointer(path, key), `there is no key ${quote(key)} here`, suggestion, "key");
}

/** The keys of a map that nothing reads; `homes` says where some of them belong. */
export function strangeKeys(
  map: JsonMap,
  known: readonly string[],
  path: string,
  homes: Readonly<Record<string, string>> = {},
): Finding[] {
  return Object.keys(map)
    .filter((key) => !known.includes(key))
    .map((key) =>
      strangeKey(path, key, known, Object.hasOwn(homes, key) ? `${key} belongs under ${homes[key]}` : null),
    );
}

function remedyOf(key: string): string {
  switch (key) {
    case "outputs":
      return "refer to the steps inside by their own ids";
    case "retry":
    case "compensate":
      return `give ${key} to the steps inside`;
    default:
      return `remove ${key}`;
  }
}

/** Other languages' words for ours. */
const otherWords: Record<string, string> = {
  uses: "skill",
  agent: "skill",
  function: "skill",
  task: "skill",
  action: "skill",
  with: "inputs",
  input: "inputs",
  args: "inputs",
  arguments: "inputs",
  params: "inputs",
  parameters: "inputs",
  type: "step_type",
  kind: "step_type",
  if: "condition",
  when: "condition",
  retries: "retry",
  else: "if_false",
  in: "over",
  items: "over",
  foreach: "over",
  concurrency: "max_concurrency",
  parallelism: "max_concurrency",
  do: "steps",
  result: "outputs",
  alias: "outputs",
  output: "outputs",
  text: "message",
  question: "message",
  rollback: "compensate",
  undo: "compensate",
  attempts: "max_attempts",
  delay_seconds: "initial_seconds",
  otherwise: "default",
  title: "name",
  keywords: "tags",
};
