import type { Expression } from "../syntax/expression.ts";
import { evaluateDefault } from "./evaluate-default.ts";
import { anything, type Derived, spendOnText, type TypeReading, textOf, warnOf } from "./type-reading.ts";
import { uniteFields } from "./unite-fields.ts";

/** `Literal["a", "b"]`: a field with just those values. */
export function literalField(reading: TypeReading, expression: Expression, values: readonly Expression[]): Derived {
  spendOnText(reading, expression.to - expression.from);
  return uniteFields(
    reading,
    expression,
    values.map((value) => valueField(reading, value)),
  );
}

function valueField(reading: TypeReading, value: Expression): Derived {
  // A Literal may stand in another.
  if (value.type === "subscript") return reading.derive(reading, value);
  const read = evaluateDefault(reading.module, value);
  const is = read.state === "value" ? read.value : undefined;
  if (is === null) return null;
  if (typeof is === "string") return { type: "string", enum: [is] };
  if (typeof is === "boolean") return { type: "boolean" };
  if (typeof is === "number" && Number.isInteger(is)) return { type: "integer", enum: [is] };
  const message = `a Literal holds strings, integers, booleans and None; ${textOf(reading, value)} is none of them: any value is taken`;
  warnOf(reading, value, "unknown_type", message);
  return anything;
}
