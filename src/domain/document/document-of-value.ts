import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import { childPointer } from "../pointer.ts";
import { numberProblem, type ScalarProblem, stringProblem } from "./json-of-scalar.ts";
import type { JsonMap, JsonValue } from "./json-value.ts";
import type { Reading } from "./placed-document.ts";

/** A document from a value that was parsed before, such as a member of a JSON array; it has no places. Same limits as text. */
export function documentOfValue(value: unknown): Reading {
  const walk: Walk = { issues: [], values: 0, given: false };
  const copy = copyOf(walk, value, "", 0);
  if (walk.issues.length > 0) return { document: null, issues: walk.issues };
  return { document: { value: copy, place: () => null }, issues: [] };
}

interface Walk {
  issues: Issue[];
  values: number;
  given: boolean;
}

function copyOf(walk: Walk, value: unknown, path: string, depth: number): JsonValue {
  if (walk.given) return null;
  if (++walk.values > limits.documentNodes) {
    walk.given = true;
    return find(walk, path, {
      code: "too_many_values",
      message: `the document holds more than ${limits.documentNodes} values`,
      suggestion: "make the document smaller",
    });
  }
  if (value === null || typeof value === "boolean") return value;
  if (typeof value === "string") return find(walk, path, stringProblem(value)) ?? value;
  if (typeof value === "number") {
    return find(walk, path, numberProblem(value, String(value))) ?? (Object.is(value, -0) ? 0 : value);
  }
  if (typeof value !== "object") return find(walk, path, notJson(typeof value));
  if (depth >= limits.documentDepth) {
    return find(walk, path, {
      code: "document_too_deep",
      message: `maps and lists are nested deeper than ${limits.documentDepth} levels`,
      suggestion: "flatten the document",
    });
  }
  if (Array.isArray(value)) return value.map((item, index) => copyOf(walk, item, childPointer(path, index), depth + 1));
  return copyOfMap(walk, value, path, depth);
}

function copyOfMap(walk: Walk, value: object, path: string, depth: number): JsonMap {
  const copy: JsonMap = {};
  for (const [key, item] of Object.entries(value)) {
    if (walk.given) break;
    const child = childPointer(path, key);
    const problem = key === "__proto__" ? forbiddenKey : stringProblem(key);
    if (problem !== null) find(walk, child, problem);
    else copy[key] = copyOf(walk, item, child, depth + 1);
  }
  return copy;
}

/** Notes the problem, if there is one; null so that a caller can go on with its value. */
function find(walk: Walk, path: string, problem: ScalarProblem | null): null {
  if (problem !== null) walk.issues.push({ severity: "error", path, line: null, column: null, ...problem });
  return null;
}

const forbiddenKey: ScalarProblem = {
  code: "forbidden_key",
  message: "no document may have the key __proto__: JavaScript readers would take it for something else",
  suggestion: "choose another key",
};

function notJson(type: string): ScalarProblem {
  return { code: "not_json", message: `JSON has no text for a value of type ${type}`, suggestion: "leave the key out" };
}
