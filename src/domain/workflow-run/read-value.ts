import type { JsonValue } from "../document/json-value.ts";
import { evaluateExpression } from "../expression/evaluate-expression.ts";
import type { StepFailure } from "./actions.ts";
import { fillValue, readsOfValue } from "./fill-value.ts";
import type { Frame } from "./frame.ts";
import type { Interpretation } from "./interpretation.ts";
import { openScope } from "./scope.ts";
import type { Sourced } from "./sourced.ts";
import { failureOf } from "./step-failures.ts";
import { whyMissing } from "./why-missing.ts";

/** What reading expressions gave. `missing`: they need what a step gives that failed or was skipped, in a workflow that goes on all the same. */
export type Reading<Value> =
  | { state: "read"; value: Value }
  | { state: "missing"; reason: string }
  | { state: "failed"; failure: StepFailure };

/** Fills a value of the document. `key`: where it stands in its step, for messages. */
export async function readValue(
  run: Interpretation,
  frame: Frame,
  key: string,
  value: JsonValue,
): Promise<Reading<Sourced>> {
  const reads = readsOfValue(run.texts, value);
  if (!reads.ok) return failed([key, ...reads.failure.path], reads.failure.message);
  const reason = run.onError === "continue" ? whyMissing(frame, reads.value) : null;
  if (reason !== null) return { state: "missing", reason };
  const scope = await openScope(run, frame, reads.value);
  if (!scope.ok) return tooMuch(key, scope.failure);
  const filled = fillValue(run.texts, value, scope.value);
  if (!filled.ok) return failed([key, ...filled.failure.path], filled.failure.message);
  return { state: "read", value: filled.value };
}

/** Evaluates a condition, to whatever it gives. */
export async function readConditionValue(run: Interpretation, frame: Frame, text: string): Promise<Reading<JsonValue>> {
  const read = run.texts.condition(text);
  const part = read.ok ? read.value.parts[0] : undefined;
  if (!read.ok || typeof part !== "object") return failed(["condition"], read.ok ? "it is empty" : read.failure);
  const reason = run.onError === "continue" ? whyMissing(frame, part.reads) : null;
  if (reason !== null) return { state: "missing", reason };
  const scope = await openScope(run, frame, part.reads);
  if (!scope.ok) return tooMuch("condition", scope.failure);
  const result = evaluateExpression(part.expression, scope.value.values);
  if (!result.ok) return failed(["condition"], `${part.shown}: ${result.failure.message}`);
  return { state: "read", value: result.value };
}

/** Evaluates a condition that must be true or false. */
export async function readWhether(run: Interpretation, frame: Frame, text: string): Promise<Reading<boolean>> {
  const read = await readConditionValue(run, frame, text);
  if (read.state !== "read") return read;
  if (typeof read.value === "boolean") return { state: "read", value: read.value };
  return failed(
    ["condition"],
    `${text.trim().slice(0, 100)}: a condition is true or false, and this gives ${kindOf(read.value)}`,
  );
}

/** What a value is, in the words of messages. */
export function kindOf(value: JsonValue): string {
  if (typeof value === "string") return `the string ${JSON.stringify(value.slice(0, 60))}`;
  if (typeof value !== "object" || value === null) return String(value);
  return Array.isArray(value) ? "an array" : "an object";
}

function failed(path: readonly string[], message: string): { state: "failed"; failure: StepFailure } {
  return { state: "failed", failure: failureOf("expression_failed", `${path.join(".")}: ${message}`) };
}

function tooMuch(key: string, message: string): { state: "failed"; failure: StepFailure } {
  return { state: "failed", failure: failureOf("limit_reached", `${key}: ${message}`) };
}
