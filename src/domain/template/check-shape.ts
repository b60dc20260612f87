import type { z } from "zod";
import { isMap, type JsonValue, own } from "../document/json-value.ts";
import { childPointer, pointerOf } from "../pointer.ts";
import { errorAt, type Finding } from "./check-finding.ts";
import { unknownKey } from "./check-keys.ts";
import { showValue } from "./value/show-value.ts";

type ZodIssue = z.core.$ZodIssue;

/** What a contract schema says against a value, in our words. `keys` are those that the value's own map may have. */
export function checkShape(schema: z.ZodType, value: JsonValue, path: string, keys: readonly string[] = []): Finding[] {
  const parsed = schema.safeParse(value);
  if (parsed.success) return [];
  const findings = parsed.error.issues.flatMap((issue) => findingsOf(issue, value, path, keys));
  // A text may break two rules of its form: the first one says enough.
  const formless = new Set<string>();
  return findings.filter((finding) => {
    if (finding.code !== "bad_form") return true;
    const isFirst = !formless.has(finding.path);
    formless.add(finding.path);
    return isFirst;
  });
}

function findingsOf(issue: ZodIssue, root: JsonValue, start: string, keys: readonly string[]): Finding[] {
  const path = pointerOf(issue.path, start);
  const found = foundAt(root, issue.path);
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path, key, keys));
  if (found === undefined) {
    const key = String(issue.path.at(-1));
    return [errorAt("missing_key", path, `the key ${key} is missing`, `add ${key}`, "key")];
  }
  switch (issue.code) {
    case "invalid_type":
      return [wrongType(path, nounOf(issue.expected), found)];
    case "invalid_union":
      return [wrongType(path, "true, false or a list of property names", found)];
    case "invalid_value":
      return [notAllowed(path, issue.values.map(String), found)];
    case "too_small":
      return [tooSmall(path, issue, found)];
    case "too_big":
      return [tooBig(path, issue, found)];
    case "invalid_key":
      return [errorAt("bad_name", path, issue.issues.map((inner) => inner.message).join("; "), null, "key")];
    default:
      return [errorAt("bad_form", path, `${sayForm(issue)}; found ${showValue(found)}`)];
  }
}

/** A value of another type, with what the author most likely meant. */
export function wrongType(path: string, expected: string, found: JsonValue): Finding {
  return errorAt("wrong_type", path, `expected ${expected}, found ${showValue(found)}`, remedy(expected, found));
}

function remedy(expected: string, found: JsonValue): string | null {
  if (found === null) return "leave the key out, or give it a value";
  if (expected.startsWith("true") && typeof found === "string") {
    return /^(y|yes|on|n|no|off|true|false)$/i.test(found)
      ? "write true or false (YAML 1.2 reads yes, no, on and off as text)"
      : null;
  }
  if (expected === "a string" && (typeof found === "number" || typeof found === "boolean")) {
    return `write it in quotes: "${found}"`;
  }
  const wantsNumber = expected === "a number" || expected === "an integer";
  if (wantsNumber && typeof found === "string" && found.trim() !== "" && Number.isFinite(Number(found))) {
    return "write the number without quotes";
  }
  if (expected === "a list" && typeof found !== "object") return `write a list: [${String(found)}]`;
  return null;
}

const nouns: Record<string, string> = {
  string: "a string",
  number: "a number",
  int: "an integer",
  boolean: "true or false",
  array: "a list",
  object: "a map",
  record: "a map",
};

function nounOf(expected: string): string {
  return nouns[expected] ?? expected;
}

function notAllowed(path: string, allowed: readonly string[], found: JsonValue): Finding {
  return errorAt("not_allowed", path, `expected ${allowed.join(", ")}, found ${showValue(found)}`);
}

function tooSmall(path: string, issue: z.core.$ZodIssueTooSmall, found: JsonValue): Finding {
  const least = issue.inclusive === false ? `more than ${issue.minimum}` : `at least ${issue.minimum}`;
  if (issue.origin === "string") {
    return errorAt(
      "too_short",
      path,
      sayOwn(issue) ??
        `expected ${least} ${issue.minimum === 1 ? "character" : "characters"}, found ${showValue(found)}`,
    );
  }
  if (issue.origin === "array") return errorAt("too_few", path, `expected ${least} entries, found ${showValue(found)}`);
  return errorAt("too_small", path, `expected ${least}, found ${showValue(found)}`);
}

function tooBig(path: string, issue: z.core.$ZodIssueTooBig, found: JsonValue): Finding {
  const most = issue.inclusive === false ? `less than ${issue.maximum}` : `at most ${issue.maximum}`;
  if (issue.origin === "string" && typeof found === "string") {
    return errorAt("too_long", path, sayOwn(issue) ?? `expected ${most} characters, found ${found.length}`);
  }
  if (issue.origin === "array") return errorAt("too_many", path, `expected ${most} entries, found ${showValue(found)}`);
  return errorAt("too_large", path, `expected ${most}, found ${showValue(found)}`);
}

/** The message that the contract gives; zod's own ones start with "Invalid" or "Too". */
function sayOwn(issue: ZodIssue): string | null {
  return /^(Invalid|Too|Unrecognized)/.test(issue.message) ? null : issue.message;
}

function sayForm(issue: ZodIssue): string {
  const own = sayOwn(issue);
  if (own !== null) return own;
  return issue.code === "invalid_format" && issue.pattern !== undefined
    ? `expected text of the form ${issue.pattern}`
    : "expected another form";
}

function foundAt(root: JsonValue, path: readonly PropertyKey[]): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const token of path) {
    if (Array.isArray(value) && typeof token === "number") value = value[token];
    else if (isMap(value)) value = own(value, String(token));
    else return undefined;
  }
  return value;
}

/** Whether a list or map keeps within a count; over it, one finding and nothing else is said of its members. */
export function checkCount(count: number, most: number, what: string, path: string): Finding[] {
  return count <= most
    ? []
    : [errorAt("too_many", path, `expected at most ${most} ${what}, found ${count}`, null, "key")];
}

/** A list's members one by one, or the finding that it is no list. */
export function membersOf(value: JsonValue, path: string): { members: [JsonValue, string][]; findings: Finding[] } {
  if (!Array.isArray(value)) return { members: [], findings: [wrongType(path, "a list", value)] };
  return { members: value.map((member, index) => [member, childPointer(path, index)]), findings: [] };
}
