import type { JsonValue } from "../../../domain/document/json-value.ts";
import type { Expression } from "../syntax/expression.ts";

/** The value of a literal; undefined for what only running the source would tell, and for what JSON cannot carry. */
export function literalValue(expression: Expression): JsonValue | undefined {
  switch (expression.type) {
    case "constant":
      return expression.value;
    case "number":
      return expression.value ?? undefined;
    case "string":
      return expression.isBytes ? undefined : (expression.value ?? undefined);
    case "unary": {
      const operand = literalValue(expression.operand);
      if (typeof operand !== "number") return undefined;
      return expression.operator === "-" ? -operand : expression.operator === "+" ? operand : undefined;
    }
    case "list":
    case "tuple": {
      const items = expression.items.map(literalValue).filter((item) => item !== undefined);
      return items.length === expression.items.length ? items : undefined;
    }
    case "dict": {
      const entries = expression.entries.flatMap(({ key, value }): [string, JsonValue][] => {
        const name = key === null ? undefined : literalValue(key);
        const read = literalValue(value);
        return typeof name === "string" && read !== undefined ? [[name, read]] : [];
      });
      return entries.length === expression.entries.length ? Object.fromEntries(entries) : undefined;
    }
    default:
      return undefined;
  }
}
