import type { Expression } from "@babel/types";

/** The value inside `value as T`, `value satisfies T` and `value!`. */
export function unwrapped(expression: Expression): Expression {
  let value = expression;
  while (
    value.type === "TSAsExpression" ||
    value.type === "TSSatisfiesExpression" ||
    value.type === "TSNonNullExpression" ||
    value.type === "ParenthesizedExpression"
  )
    value = value.expression;
  return value;
}
