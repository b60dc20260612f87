import type { JsonMap, JsonValue } from "../../../src/domain/document/json-value.ts";
import { evaluateExpression } from "../../../src/domain/expression/evaluate-expression.ts";
import { parseExpression } from "../../../src/domain/expression/parse-expression.ts";

/** An expression's value, or `refused: ` and why. */
export function evaluate(text: string, scope: JsonMap = {}): JsonValue {
  const read = parseExpression(text);
  const result = read.ok ? evaluateExpression(read.value, scope) : read;
  return result.ok ? result.value : `refused: ${result.failure.message}`;
}
