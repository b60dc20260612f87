import type { JsonMap, JsonValue } from "../document/json-value.ts";
import { type Result, refusal, success } from "../result.ts";
import { type EvaluationFailure, evaluateExpression } from "./evaluate-expression.ts";
import { parseExpression } from "./parse-expression.ts";
import { readTemplate, type TemplateExpression } from "./read-template.ts";
import type { TextProblem } from "./scan-text.ts";

/** The expression of a condition, which stands in braces or without them. */
export function readCondition(text: string): Result<TemplateExpression, TextProblem> {
  const { isExpression, parts, issues } = readTemplate(text);
  const [issue] = issues;
  if (issue !== undefined) return refusal(issue);
  const [only] = parts;
  if (isExpression && typeof only === "object") return success(only);
  const braced = parts.find((part) => typeof part === "object");
  if (braced !== undefined)
    return refusal({
      message: "a condition is one expression: put all of it into the braces, or leave them out",
      at: braced.at,
    });
  const trimmed = text.trim();
  return success({ text: trimmed, at: trimmed === "" ? 0 : text.length - text.trimStart().length });
}

/** Evaluates a condition. What is neither true nor false is refused. `at` counts in `text`. Never throws. */
export function evaluateCondition(text: string, scope: JsonMap): Result<boolean, EvaluationFailure> {
  const condition = readCondition(text);
  if (!condition.ok) return condition;
  const { at: start } = condition.value;
  const read = parseExpression(condition.value.text);
  const result = read.ok ? evaluateExpression(read.value, scope) : read;
  if (!result.ok) {
    const { message, at } = result.failure;
    return refusal({ message, at: at === null ? null : at + start });
  }
  if (typeof result.value === "boolean") return success(result.value);
  return refusal({ message: `a condition is true or false, and this one gives ${shown(result.value)}`, at: start });
}

function shown(value: JsonValue): string {
  if (typeof value === "string") return `the string ${JSON.stringify(value.slice(0, 60))}`;
  if (typeof value === "number") return `the number ${value}`;
  return value === null ? "null" : Array.isArray(value) ? "an array" : "an object";
}
