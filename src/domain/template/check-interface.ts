import { templateInterface } from "../../contract/template/document.ts";
import type { Field } from "../../contract/template/field.ts";
import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { checkFields } from "./check-field.ts";
import { type Finding, warningAt } from "./check-finding.ts";
import { templatePath } from "./check-header.ts";
import { checkKeys } from "./check-keys.ts";
import { wrongType } from "./check-shape.ts";

/** What an interface declares, as far as it is right. */
export interface CheckedInterface {
  findings: Finding[];
  inputs: Map<string, Field>;
  outputs: Map<string, Field>;
  /** Names of inputs that are declared with an error. */
  brokenInputs: Set<string>;
  /** Names of outputs that are declared with an error. */
  brokenOutputs: Set<string>;
  /** Whether the maps of inputs and of outputs could be read at all. */
  isReadable: boolean;
}

/** Checks all inputs and outputs of a template. */
export function checkInterface(template: JsonMap, isPartial: boolean): CheckedInterface {
  const path = childPointer(templatePath, "interface");
  const found = own(template, "interface");
  const nothing = {
    inputs: new Map(),
    outputs: new Map(),
    brokenInputs: new Set<string>(),
    brokenOutputs: new Set<string>(),
  };
  if (found === undefined) return { ...nothing, findings: [], isReadable: isPartial };
  if (!isMap(found)) {
    return { ...nothing, findings: [wrongType(path, "a map with inputs and outputs", found)], isReadable: false };
  }
  const foundInputs = orEmpty(own(found, "inputs"));
  const foundOutputs = orEmpty(own(found, "outputs"));
  const inputs = checkFields(foundInputs, childPointer(path, "inputs"), "input");
  const outputs = checkFields(foundOutputs, childPointer(path, "outputs"), "output");
  const findings = [
    ...checkKeys(found, Object.keys(templateInterface.shape), path),
    ...inputs.findings,
    ...outputs.findings,
  ];
  if (!isPartial && isMap(foundOutputs) && Object.keys(foundOutputs).length === 0) {
    const message = "the template declares no outputs: nothing that a run makes can be used";
    findings.push(warningAt("no_outputs", childPointer(path, "outputs"), message, "declare its outputs", "key"));
  }
  return {
    findings,
    inputs: inputs.fields,
    outputs: outputs.fields,
    brokenInputs: inputs.broken,
    brokenOutputs: outputs.broken,
    isReadable: isMap(foundInputs) && isMap(foundOutputs),
  };
}

/** An absent map is an empty one; null is not: `inputs:` without anything under it is a slip. */
function orEmpty(value: JsonValue | undefined): JsonValue {
  return value === undefined ? {} : value;
}
