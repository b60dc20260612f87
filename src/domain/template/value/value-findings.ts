import type { Issue } from "../../../contract/issue.ts";
import { limits } from "../../../contract/limits.ts";

/** What can be wrong with a value: an input, an output, a default, an example's value. */
export type ValueIssueCode =
  /** The value is of another JSON type; nothing is coerced. */
  | "wrong_type"
  /** The value is null and the field is not `nullable`. */
  | "null_not_allowed"
  /** NaN, infinity or anything else that JSON cannot carry. */
  | "not_json"
  /** Nested deeper than `limits.documentDepth`. */
  | "too_deep"
  /** An integer beyond ±(2^53 − 1): readers of JSON would round it. */
  | "integer_unsafe"
  | "below_min"
  | "above_max"
  | "not_multiple"
  /** More decimals than `precision`. */
  | "too_precise"
  | "too_short"
  | "too_long"
  | "pattern_mismatch"
  | "format_mismatch"
  | "not_in_enum"
  | "too_few_items"
  | "too_many_items"
  | "duplicate_item"
  | "missing_property"
  | "unknown_property"
  | "missing_input"
  | "unknown_input"
  | "missing_output"
  | "unknown_output"
  /** A file value that is neither a digest nor an entity reference. */
  | "file_reference_invalid";

/** Collects findings in the order in which they are made; keeps the first `limits.issues` and counts the rest. */
export interface ValueFindings {
  issues: Issue[];
  count: number;
}

export function noFindings(): ValueFindings {
  return { issues: [], count: 0 };
}

/** Adds one error. Values have no lines: `line` and `column` are null. A dear suggestion is a function, called only if the issue is kept. */
export function report(
  findings: ValueFindings,
  code: ValueIssueCode,
  path: string,
  message: string,
  suggestion: string | null | (() => string | null) = null,
): void {
  findings.count += 1;
  // A body of 1 MiB can hold half a million wrong items; an isolate has 128 MB.
  if (findings.issues.length >= limits.issues) return;
  const advice = typeof suggestion === "function" ? suggestion() : suggestion;
  findings.issues.push({ severity: "error", path, line: null, column: null, code, message, suggestion: advice });
}

/** Reports a value that lies deeper than a document may be; answers whether it does. */
export function reportTooDeep(findings: ValueFindings, path: string, depth: number): boolean {
  if (depth <= limits.documentDepth) return false;
  const message = `expected at most ${limits.documentDepth} levels of lists and objects, found more`;
  report(findings, "too_deep", path, message);
  return true;
}
