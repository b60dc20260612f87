import { mapStep } from "../../contract/workflow/step.ts";
import { isMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding } from "../template/check-finding.ts";
import { checkShape, wrongType } from "../template/check-shape.ts";
import { quote } from "../template/value/show-value.ts";

/** What a map's item is called when `as` says nothing. */
export const defaultItem = "item";

/** What is wrong with how a map goes over its list; its steps are read elsewhere. */
export function checkMapping(branches: JsonValue | undefined, path: string): Finding[] {
  if (!isMap(branches)) return [];
  return [
    ...checkOver(own(branches, "over"), childPointer(path, "over")),
    ...checkItemName(own(branches, "as"), childPointer(path, "as")),
    ...checkKey("max_concurrency", own(branches, "max_concurrency"), path),
  ];
}

function checkOver(over: JsonValue | undefined, path: string): Finding[] {
  if (over === undefined) {
    const message = "the key over is missing: a map says by it what it goes over";
    return [errorAt("missing_key", path, message, 'add over, like "{{ steps.plan.outputs.tasks }}"', "key")];
  }
  if (Array.isArray(over) || (typeof over === "string" && over !== "")) return [];
  return [wrongType(path, "a list, or an expression that gives one", over)];
}

function checkItemName(name: JsonValue | undefined, path: string): Finding[] {
  if (name === undefined) return [];
  const findings = checkShape(mapStep.shape.branches.shape.as, name, path);
  if (findings.length > 0 || typeof name !== "string" || !takenNames.has(name)) return findings;
  const message = `an item cannot be called ${quote(name)}: expressions mean something else by it`;
  return [errorAt("item_name_taken", path, message, "choose another name")];
}

function checkKey(key: "max_concurrency", value: JsonValue | undefined, path: string): Finding[] {
  return value === undefined ? [] : checkShape(mapStep.shape.branches.shape[key], value, childPointer(path, key));
}

/** Roots of expressions, and words that CEL keeps for itself (its specification, "Syntax"). */
const takenNames: ReadonlySet<string> = new Set(
  [
    "workflow steps run true false null in as break const continue else for function if import let loop",
    "package namespace return var void while",
  ].flatMap((words) => words.split(" ")),
);
