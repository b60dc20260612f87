import type { FieldOf } from "../../../contract/template/field.ts";
import { didYouMean } from "../../did-you-mean.ts";
import { compilePattern } from "./compile-pattern.ts";
import { matchesFormat } from "./matches-format.ts";
import { quote, showValue } from "./show-value.ts";
import { report, type ValueFindings } from "./value-findings.ts";

/** Checks a value against a string field. */
export function checkStringValue(
  findings: ValueFindings,
  field: FieldOf<"string">,
  value: unknown,
  path: string,
): void {
  if (typeof value !== "string") {
    const literal = typeof value === "number" || typeof value === "boolean" ? `write "${value}" in quotes` : null;
    report(findings, "wrong_type", path, `expected a string, found ${showValue(value)}`, literal);
    return;
  }
  const length = codePoints(value);
  if (field.min_length !== undefined && length < field.min_length)
    report(findings, "too_short", path, `expected at least ${field.min_length} characters, found ${length}`);
  if (field.max_length !== undefined && length > field.max_length)
    report(findings, "too_long", path, `expected at most ${field.max_length} characters, found ${length}`);
  if (field.pattern !== undefined) checkPattern(findings, field.pattern, value, path);
  if (field.format !== undefined && !matchesFormat(field.format, value))
    report(findings, "format_mismatch", path, `expected the format ${field.format}, found ${quote(value)}`);
  const { enum: choices } = field;
  if (choices !== undefined && !choices.includes(value))
    report(findings, "not_in_enum", path, `expected one of ${list(choices)}, found ${quote(value)}`, () => {
      const meant = didYouMean(value, choices);
      return meant === null ? null : `did you mean ${quote(meant)}?`;
    });
}

/** What a file value can be: the digest of a stored file, or a reference to an entity. `@@` escapes, so it is neither. */
export const fileValuePattern =
  "^(?:sha256:[0-9a-f]{64}|@[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}(?:[.\\[][^\\n]*)?)$";

const fileValue = new RegExp(fileValuePattern, "u");

/** Checks the spelling of a file value; format and size of the bytes are checked where the bytes are. */
export function checkFileValue(findings: ValueFindings, value: unknown, path: string): void {
  if (typeof value !== "string") {
    const message = `expected a file (its digest, or an @reference to an entity), found ${showValue(value)}`;
    report(findings, "wrong_type", path, message, uploadFirst);
    return;
  }
  if (!fileValue.test(value)) {
    const message = `expected sha256: with 64 lower-case hex digits, or @ and an entity's id, found ${quote(value)}`;
    report(findings, "file_reference_invalid", path, message, uploadFirst);
  }
}

/** Length of a text in Unicode code points, as JSON Schema and Python count it. */
export function codePoints(text: string): number {
  let count = 0;
  for (const _ of text) count += 1;
  return count;
}

const uploadFirst = "upload the file with POST /v1/files and give the digest that it answers";

function checkPattern(findings: ValueFindings, source: string, value: string, path: string): void {
  const pattern = compilePattern(source);
  // A pattern that does not compile is refused when the template is published; here it refuses every value.
  const isMatch = "matches" in pattern && pattern.matches(value);
  if (!isMatch)
    report(findings, "pattern_mismatch", path, `expected a match of ${quote(source)}, found ${quote(value)}`);
}

function list(values: readonly string[]): string {
  const shown = values.slice(0, 20).map(quote).join(", ");
  return values.length > 20 ? `${shown} … (${values.length} values)` : shown;
}
