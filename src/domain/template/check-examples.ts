import { limits } from "../../contract/limits.ts";
import { example } from "../../contract/template/document.ts";
import { didYouMean } from "../did-you-mean.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer, tokensOf } from "../pointer.ts";
import { errorAt, type Finding, warningAt } from "./check-finding.ts";
import { templatePath } from "./check-header.ts";
import type { CheckedInterface } from "./check-interface.ts";
import { checkCount, checkShape, membersOf } from "./check-shape.ts";
import { checkInputs } from "./value/check-inputs.ts";
import { quote } from "./value/show-value.ts";

/** Checks that each example is one that a run would accept. Those of an incomplete template may leave inputs out. */
export function checkExamples(template: JsonMap, declared: CheckedInterface, isPartial: boolean): Finding[] {
  const path = childPointer(templatePath, "examples");
  const found = own(template, "examples");
  if (found === undefined) return [];
  const { members, findings } = membersOf(found, path);
  findings.push(...checkCount(members.length, limits.examples, "examples", path));
  const names = new Map<string, number>();
  const keys = Object.keys(example.shape);
  for (const [index, [member, at]] of members.slice(0, limits.examples).entries()) {
    findings.push(...checkShape(example, member, at, keys));
    if (!isMap(member)) continue;
    findings.push(...checkName(own(member, "name"), index, at, names));
    if (!declared.isReadable) continue;
    findings.push(...checkExampleInputs(own(member, "inputs"), childPointer(at, "inputs"), declared, isPartial));
    findings.push(...checkExampleOutputs(own(member, "outputs"), childPointer(at, "outputs"), declared));
  }
  return findings;
}

function checkName(name: JsonValue | undefined, index: number, path: string, names: Map<string, number>): Finding[] {
  if (typeof name !== "string") return [];
  const first = names.get(name);
  if (first === undefined) {
    names.set(name, index);
    return [];
  }
  const message = `the example ${quote(name)} has the name of example ${first}`;
  return [errorAt("example_duplicate", childPointer(path, "name"), message, "give each example a name of its own")];
}

function checkExampleInputs(
  inputs: JsonValue | undefined,
  path: string,
  declared: CheckedInterface,
  isPartial: boolean,
): Finding[] {
  if (!isMap(inputs)) return [];
  const { issues } = checkInputs({ inputs: Object.fromEntries(declared.inputs) }, inputs);
  return issues
    .filter((issue) => !declared.brokenInputs.has(tokensOf(issue.path)[0] ?? ""))
    .filter((issue) => !(isPartial && issue.code === "missing_input"))
    .map((issue) => {
      const at = issue.code === "unknown_input" || issue.code === "unknown_property" ? "key" : "value";
      const message = `a run would refuse this example: ${issue.message}`;
      return errorAt("example_refused", `${path}${issue.path}`, message, issue.suggestion, at);
    });
}

/** Outputs are shown, not promised: their values are the author's illustration, but their names must exist. */
function checkExampleOutputs(outputs: JsonValue | undefined, path: string, declared: CheckedInterface): Finding[] {
  if (!isMap(outputs)) return [];
  const known = [...declared.outputs.keys(), ...declared.brokenOutputs];
  return Object.keys(outputs)
    .filter((name) => !known.includes(name))
    .map((name) => {
      const meant = didYouMean(name, known);
      const suggestion = meant === null ? "declare the output, or remove it here" : `did you mean ${meant}?`;
      const message = `the example shows an output ${quote(name)} that is not declared`;
      return warningAt("example_output_unknown", childPointer(path, name), message, suggestion, "key");
    });
}
