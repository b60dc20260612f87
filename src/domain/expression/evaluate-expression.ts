import type { JsonMap, JsonValue } from "../document/json-value.ts";
import { type Result, refusal } from "../result.ts";
import { evaluateNode } from "./evaluate-node.ts";
import { jsonOfValue } from "./json-of-value.ts";
import type { Expression } from "./parse-expression.ts";
import { StepMeter, TooManySteps } from "./step-meter.ts";
import { NoValue } from "./value.ts";

/** Why an expression gives no value. `at` is an offset in its text; null when it concerns the whole. */
export interface EvaluationFailure {
  message: string;
  at: number | null;
}

/**
 * Evaluates an expression. It sees its scope and nothing else, costs `limits.expressionSteps` at most, gives what JSON can carry, and the
 * same for the same scope. Never throws.
 */
export function evaluateExpression(expression: Expression, scope: JsonMap): Result<JsonValue, EvaluationFailure> {
  try {
    const around = { scope, read: new WeakMap(), variables: null, meter: new StepMeter() };
    const value = evaluateNode(expression.syntax, around);
    if (value instanceof NoValue) return refusal({ message: value.message, at: value.at });
    const json = jsonOfValue(value);
    return json.ok ? json : refusal({ message: json.failure.message, at: null });
  } catch (thrown) {
    if (thrown instanceof TooManySteps) return refusal({ message: thrown.message, at: null });
    // Values of a scope nested so deeply that comparing them ends the stack; an entry of ours never is.
    if (thrown instanceof RangeError)
      return refusal({ message: "its values are nested too deeply or too large", at: null });
    throw thrown;
  }
}
