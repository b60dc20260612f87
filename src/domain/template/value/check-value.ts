import type { Issue } from "../../../contract/issue.ts";
import type { ArrayField, Field, ObjectField } from "../../../contract/template/field.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { childPointer } from "../../pointer.ts";
import { checkNumberValue } from "./check-number-value.ts";
import { checkOpaqueValue } from "./check-opaque-value.ts";
import { checkFileValue, checkStringValue } from "./check-text-value.ts";
import { allowsUnknownProperties, hasDefault, requiredProperties, takesNull } from "./field-facts.ts";
import { canonicalText, isRecord } from "./json-equality.ts";
import { quote, showValue } from "./show-value.ts";
import { noFindings, report, reportTooDeep, type ValueFindings } from "./value-findings.ts";

/**
 * Everything that is wrong with a value for a field (the first `limits.issues`), each with the JSON Pointer of its place under `pointer`.
 * Strict: nothing is coerced, and what has a default may be left out.
 */
export function checkValue(field: Field, value: unknown, pointer: string): Issue[] {
  const findings = noFindings();
  checkFieldValue(findings, field, value, pointer, 0);
  return findings.issues;
}

/** The same, into findings that are being collected. */
export function checkFieldValue(
  findings: ValueFindings,
  field: Field,
  value: unknown,
  path: string,
  depth: number,
): void {
  if (reportTooDeep(findings, path, depth)) return;
  if (value === null) {
    if (!takesNull(field))
      report(
        findings,
        "null_not_allowed",
        path,
        `expected ${noun[field.type]}, found null`,
        "leave the key out instead",
      );
    return;
  }
  switch (field.type) {
    case "string":
      checkStringValue(findings, field, value, path);
      break;
    case "integer":
    case "float":
      checkNumberValue(findings, field, value, path);
      break;
    case "boolean":
      checkBooleanValue(findings, value, path);
      break;
    case "file":
      checkFileValue(findings, value, path);
      break;
    case "array":
      checkArrayValue(findings, field, value, path, depth);
      break;
    case "object":
      checkObjectValue(findings, field, value, path, depth);
      break;
    case "any":
      checkOpaqueValue(findings, value, path, depth);
      break;
  }
}

const noun = {
  string: "a string",
  integer: "an integer",
  float: "a number",
  boolean: "true or false",
  file: "a file",
  array: "a list",
  object: "an object",
  any: "a value",
} as const satisfies Record<Field["type"], string>;

function checkBooleanValue(findings: ValueFindings, value: unknown, path: string): void {
  if (typeof value === "boolean") return;
  const isSpelled =
    value === 0 || value === 1 || (typeof value === "string" && /^(true|false|yes|no|on|off)$/i.test(value));
  const suggestion = isSpelled ? "write true or false, without quotes" : null;
  report(findings, "wrong_type", path, `expected true or false, found ${showValue(value)}`, suggestion);
}

function checkArrayValue(
  findings: ValueFindings,
  field: ArrayField,
  value: unknown,
  path: string,
  depth: number,
): void {
  if (!Array.isArray(value)) {
    report(findings, "wrong_type", path, `expected a list, found ${showValue(value)}`);
    return;
  }
  if (field.min_items !== undefined && value.length < field.min_items)
    report(findings, "too_few_items", path, `expected at least ${field.min_items} items, found ${value.length}`);
  if (field.max_items !== undefined && value.length > field.max_items)
    report(findings, "too_many_items", path, `expected at most ${field.max_items} items, found ${value.length}`);
  const before = findings.count;
  // By index: a hole in a sparse list is looked at too.
  for (let index = 0; index < value.length; index += 1) {
    const itemPath = childPointer(path, index);
    if (field.items === undefined) checkOpaqueValue(findings, value[index], itemPath, depth + 1);
    else checkFieldValue(findings, field.items, value[index], itemPath, depth + 1);
  }
  if (field.unique_items === true && findings.count === before) checkUnique(findings, value, path);
}

function checkUnique(findings: ValueFindings, items: readonly unknown[], path: string): void {
  const firstAt = new Map<string, number>();
  items.forEach((item, index) => {
    const text = canonicalText(item);
    const first = firstAt.get(text);
    if (first === undefined) firstAt.set(text, index);
    else
      report(
        findings,
        "duplicate_item",
        childPointer(path, index),
        `expected items to differ, found item ${first} again`,
      );
  });
}

function checkObjectValue(
  findings: ValueFindings,
  field: ObjectField,
  value: unknown,
  path: string,
  depth: number,
): void {
  if (!isRecord(value)) {
    report(findings, "wrong_type", path, `expected an object, found ${showValue(value)}`);
    return;
  }
  const properties = new Map(Object.entries(field.properties ?? {}));
  for (const name of requiredProperties(field)) {
    const property = properties.get(name);
    if (Object.hasOwn(value, name) || (property !== undefined && hasDefault(property))) continue;
    report(
      findings,
      "missing_property",
      childPointer(path, name),
      `expected the property ${quote(name)}, found nothing`,
    );
  }
  for (const [name, member] of Object.entries(value)) {
    const property = properties.get(name);
    const memberPath = childPointer(path, name);
    if (property !== undefined) checkFieldValue(findings, property, member, memberPath, depth + 1);
    else if (allowsUnknownProperties(field)) checkOpaqueValue(findings, member, memberPath, depth + 1);
    else {
      report(findings, "unknown_property", memberPath, `there is no property ${quote(name)}`, () =>
        askWhether(name, [...properties.keys()]),
      );
    }
  }
}

function askWhether(name: string, known: readonly string[]): string | null {
  const meant = didYouMean(name, known);
  return meant === null ? null : `did you mean ${meant}?`;
}
