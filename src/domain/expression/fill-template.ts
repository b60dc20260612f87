import { limits } from "../../contract/limits.ts";
import { isMap, type JsonMap, type JsonValue } from "../document/json-value.ts";
import { utf8SizeBytes } from "../document/utf8-size.ts";
import { childPointer } from "../pointer.ts";
import { type Result, refusal, success } from "../result.ts";
import { evaluateExpression } from "./evaluate-expression.ts";
import { parseExpression } from "./parse-expression.ts";
import { readTemplate, type TemplateExpression } from "./read-template.ts";

/** Why a value could not be filled. `path`: the JSON Pointer of the string in it. */
export interface FillFailure {
  path: string;
  message: string;
}

/**
 * Fills the expressions in a value's strings, however deep they stand. Keys are left alone. A string that is one expression becomes its
 * value; in mixed text, strings stand as they are and others as JSON. Never throws.
 */
export function fillTemplate(value: JsonValue, scope: JsonMap): Result<JsonValue, FillFailure> {
  return fill(value, scope, { bytes: 0 }, "");
}

/** What was filled in so far: every string has its limit, and the whole has one too. */
interface Filled {
  bytes: number;
}

function fill(value: JsonValue, scope: JsonMap, filled: Filled, path: string): Result<JsonValue, FillFailure> {
  if (typeof value === "string") return fillText(value, scope, filled, path);
  if (Array.isArray(value)) {
    const items: JsonValue[] = [];
    for (const [index, item] of value.entries()) {
      const result = fill(item, scope, filled, childPointer(path, index));
      if (!result.ok) return result;
      items.push(result.value);
    }
    return success(items);
  }
  if (!isMap(value)) return success(value);
  const entries: [string, JsonValue][] = [];
  for (const [key, item] of Object.entries(value)) {
    const result = fill(item, scope, filled, childPointer(path, key));
    if (!result.ok) return result;
    entries.push([key, result.value]);
  }
  return success(Object.fromEntries(entries));
}

function fillText(text: string, scope: JsonMap, filled: Filled, path: string): Result<JsonValue, FillFailure> {
  const { isExpression, parts, issues } = readTemplate(text);
  const [issue] = issues;
  if (issue !== undefined) return refusal({ path, message: issue.message });
  let whole = "";
  for (const part of parts) {
    if (typeof part === "string") {
      whole += part;
      continue;
    }
    const result = evaluatePart(part, scope);
    if (!result.ok) return refusal({ path, message: result.failure });
    const written = typeof result.value === "string" ? result.value : JSON.stringify(result.value);
    filled.bytes += utf8SizeBytes(written);
    if (filled.bytes > limits.valueBytes)
      return refusal({
        path,
        message: `the expressions together give more than ${limits.valueBytes / 1024 / 1024} MiB`,
      });
    if (isExpression) return success(result.value);
    whole += written;
  }
  return success(whole);
}

function evaluatePart({ text }: TemplateExpression, scope: JsonMap): Result<JsonValue, string> {
  const read = parseExpression(text);
  const result = read.ok ? evaluateExpression(read.value, scope) : read;
  return result.ok ? result : refusal(`{{ ${shortened(text)} }}: ${result.failure.message}`);
}

function shortened(text: string): string {
  return text.length > 100 ? `${text.slice(0, 100)}…` : text;
}
