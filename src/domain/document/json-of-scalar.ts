import type { Scalar } from "yaml";
import type { DocumentIssueCode } from "./document-issue-codes.ts";
import type { JsonValue } from "./json-value.ts";

/** What JSON cannot carry, and what to write instead. */
export interface ScalarProblem {
  code: DocumentIssueCode;
  message: string;
  suggestion: string | null;
}

/** The JSON value of a YAML scalar, or why there is none. */
export function jsonOfScalar(node: Scalar): { ok: true; value: JsonValue } | { ok: false; problem: ScalarProblem } {
  const tag = node.tag;
  const value = node.value;
  if (tag !== undefined && !tagFits(tag, value)) return { ok: false, problem: customTag(tag) };
  if (typeof value === "string") return stringOf(value);
  if (typeof value === "number") return numberOf(value, node.source ?? "");
  if (typeof value === "boolean" || value === null) return { ok: true, value };
  return { ok: false, problem: customTag(tag ?? typeof value) };
}

/** The refusal of a tag that JSON has no type for, or whose type the value does not have. */
export function customTag(tag: string): ScalarProblem {
  return {
    code: "custom_tag",
    message: `the tag ${tag.replace(coreTag, "!!")} is not allowed here: documents hold only what JSON can carry`,
    suggestion: "write the plain value without a tag",
  };
}

/** What a number that JSON readers would change is refused with; null when it is carried as it is. */
export function numberProblem(value: number, source: string): ScalarProblem | null {
  const shown = source.length > 40 ? `${source.slice(0, 40)}…` : source;
  if (!Number.isFinite(value)) {
    return {
      code: "number_not_finite",
      message: `${shown} is not a finite number, and JSON has no text for it`,
      suggestion: "write a finite number, or leave the key out for no bound",
    };
  }
  if (!Number.isInteger(value) || Number.isSafeInteger(value) || !readsAsInteger(value, source)) return null;
  return {
    code: "integer_too_large",
    message: `${shown} lies outside ±9007199254740991 (2^53 - 1): readers of JSON would round it`,
    suggestion: "write a smaller integer, or a string",
  };
}

/** What a string that cannot be carried is refused with; null when it can. */
export function stringProblem(value: string): ScalarProblem | null {
  if (!value.isWellFormed()) {
    return {
      code: "bad_character",
      message: "the text holds half of a surrogate pair, which UTF-8 cannot carry",
      suggestion: "write the whole character, or both halves of its escape",
    };
  }
  if (value.includes("\0")) {
    return {
      code: "bad_character",
      message: "the text holds the character U+0000, which databases do not carry",
      suggestion: "remove it",
    };
  }
  return null;
}

const coreTag = "tag:yaml.org,2002:";

function tagFits(tag: string, value: unknown): boolean {
  switch (tag) {
    case `${coreTag}str`:
      return typeof value === "string";
    case `${coreTag}int`:
      return Number.isInteger(value);
    case `${coreTag}float`:
      return typeof value === "number";
    case `${coreTag}bool`:
      return typeof value === "boolean";
    case `${coreTag}null`:
      return value === null;
    default:
      return false;
  }
}

function stringOf(value: string): { ok: true; value: string } | { ok: false; problem: ScalarProblem } {
  const problem = stringProblem(value);
  return problem === null ? { ok: true, value } : { ok: false, problem };
}

function numberOf(value: number, source: string): { ok: true; value: number } | { ok: false; problem: ScalarProblem } {
  const problem = numberProblem(value, source);
  // Canonical JSON has one zero (RFC 8785, 3.2.2.3).
  return problem === null ? { ok: true, value: Object.is(value, -0) ? 0 : value } : { ok: false, problem };
}

/** Canonical JSON writes numbers below 1e21 as digits, so `1e20` would come back as an integer too. */
function readsAsInteger(value: number, source: string): boolean {
  return Math.abs(value) < 1e21 || /^[-+]?(\d+|0x[\da-fA-F]+|0o[0-7]+)$/.test(source);
}
