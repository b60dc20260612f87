import type { Field } from "../../contract/template/field.ts";
import { didYouMean } from "../did-you-mean.ts";
import type { JsonMap } from "../document/json-value.ts";
import { childPointer } from "../pointer.ts";
import { errorAt, type Finding, warningAt } from "./check-finding.ts";
import { checkValue } from "./value/check-value.ts";
import { compilePattern } from "./value/compile-pattern.ts";
import { allowsUnknownProperties } from "./value/field-facts.ts";
import { quote } from "./value/show-value.ts";

/** Whether a value comes in by the field or goes out. */
export type FieldRole = "input" | "output";

/**
 * The rules that join several keys of one field. `isWhole` is false when some key of `written` was left out of `field` because it
 * is malformed: then values are not judged, since the constraint that is missing might be the one that lets them in.
 */
export function checkFieldRules(
  field: Field,
  written: JsonMap,
  path: string,
  role: FieldRole,
  isWhole: boolean,
): Finding[] {
  const findings = [...checkBounds(field, path), ...checkPattern(field, path), ...checkRequired(field, path)];
  const isSound = isWhole && findings.length === 0;
  findings.push(...checkEnum(field, path, isSound));
  if (Object.hasOwn(written, "default")) findings.push(...checkDefault(field, path, role, isSound));
  return findings;
}

const boundPairs: readonly (readonly [string, string])[] = [
  ["min", "max"],
  ["min_length", "max_length"],
  ["min_items", "max_items"],
];

function checkBounds(field: Field, path: string): Finding[] {
  const values = new Map<string, unknown>(Object.entries(field));
  return boundPairs.flatMap(([lowKey, highKey]) => {
    const low = values.get(lowKey);
    const high = values.get(highKey);
    if (typeof low !== "number" || typeof high !== "number" || low <= high) return [];
    const message = `${lowKey} ${low} is above ${highKey} ${high}: nothing would be accepted`;
    return [errorAt("bounds_crossed", childPointer(path, lowKey), message, "swap the two")];
  });
}

function checkPattern(field: Field, path: string): Finding[] {
  if (field.type !== "string" || field.pattern === undefined) return [];
  const compiled = compilePattern(field.pattern);
  if (!("error" in compiled)) return [];
  const message = `the pattern ${quote(field.pattern)} is not RE2 syntax: ${compiled.error}`;
  const suggestion = "RE2 has no lookahead, lookbehind or backreferences; say it without them";
  return [errorAt("pattern_invalid", childPointer(path, "pattern"), message, suggestion)];
}

function checkRequired(field: Field, path: string): Finding[] {
  if (field.type !== "object" || !Array.isArray(field.required) || allowsUnknownProperties(field)) return [];
  const known = Object.keys(field.properties ?? {});
  return field.required.flatMap((name, index) => {
    if (known.includes(name)) return [];
    const meant = didYouMean(name, known);
    const suggestion = meant === null ? "declare the property, or remove it from the list" : `did you mean ${meant}?`;
    const at = childPointer(childPointer(path, "required"), index);
    return [errorAt("required_unknown_property", at, `there is no property ${quote(name)} in this object`, suggestion)];
  });
}

function checkEnum(field: Field, path: string, isSound: boolean): Finding[] {
  if (!("enum" in field) || field.enum === undefined) return [];
  const at = childPointer(path, "enum");
  if (field.enum.length === 0) {
    return [
      errorAt("enum_empty", at, "the enum has no values: nothing would be accepted", "list the values, or remove it"),
    ];
  }
  const open: Field = { ...field, enum: undefined };
  const seen = new Map<string | number, number>();
  return field.enum.flatMap((value, index) => {
    const valuePath = childPointer(at, index);
    const first = seen.get(value);
    if (first !== undefined) {
      const message = `${JSON.stringify(value)} stands in the enum twice, first as value ${first}`;
      return [errorAt("enum_duplicate", valuePath, message, "remove one of them")];
    }
    seen.set(value, index);
    const refusals = isSound ? checkValue(open, value, valuePath) : [];
    return refusals.map((issue) =>
      errorAt(
        "enum_refused",
        issue.path,
        `${JSON.stringify(value)} can never be chosen, other constraints of the field refuse it: ${issue.message}`,
        "remove the value, or loosen the constraint",
      ),
    );
  });
}

function checkDefault(field: Field, path: string, role: FieldRole, isSound: boolean): Finding[] {
  const at = childPointer(path, "default");
  if (role === "output") {
    return [errorAt("default_on_output", at, "a default cannot act on an output", "remove the default", "key")];
  }
  const findings = isSound
    ? checkValue(field, field.default, at).map((issue) =>
        errorAt("default_refused", issue.path, `the field refuses its own default: ${issue.message}`, issue.suggestion),
      )
    : [];
  if (field.required === true) {
    const message = "the field is required and has a default, so it may be left out";
    findings.push(warningAt("required_with_default", at, message, "remove required or the default", "key"));
  }
  return findings;
}
