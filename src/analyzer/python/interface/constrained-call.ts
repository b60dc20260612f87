import type { Field } from "../../../contract/template/field.ts";
import type { Expression } from "../syntax/expression.ts";
import { applyConstraints, readKeywords } from "./apply-constraints.ts";
import { listField, setField } from "./container-field.ts";
import { outsidePath } from "./find-meaning.ts";
import type { TypeReading } from "./type-reading.ts";

/** pydantic's `conint(ge=0)`, `constr(…)`, `conlist(T, …)`; null for any other call. */
export function constrainedCallField(reading: TypeReading, call: Extract<Expression, { type: "call" }>): Field | null {
  const make = makers.get(outsidePath(reading.module, call.callee) ?? "");
  return make === undefined
    ? null
    : applyConstraints(reading, make(reading, call.args[0]), readKeywords(reading, call));
}

const makers: ReadonlyMap<string, (reading: TypeReading, items: Expression | undefined) => Field> = new Map<
  string,
  (reading: TypeReading, items: Expression | undefined) => Field
>([
  ["pydantic.conint", () => ({ type: "integer" })],
  ["pydantic.confloat", () => ({ type: "float" })],
  ["pydantic.constr", () => ({ type: "string" })],
  ["pydantic.conlist", listField],
  ["pydantic.conset", setField],
]);
