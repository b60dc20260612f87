import { limits } from "../../../contract/limits.ts";
import type { Field } from "../../../contract/template/field.ts";
import type { Expression } from "../syntax/expression.ts";
import { type TypeReading, textOf, warnOf } from "./type-reading.ts";

/** The field, without its enum where that is longer than a field's may be; a warning says so. */
export function boundedEnum(reading: TypeReading, expression: Expression, field: Field): Field {
  if (field.type !== "string" && field.type !== "integer") return field;
  if (field.enum === undefined || field.enum.length <= limits.enumValues) return field;
  const message = `${textOf(reading, expression)} has ${field.enum.length} values, a field lists at most ${limits.enumValues}: any ${field.type} is taken`;
  warnOf(reading, expression, "enum_too_large", message);
  return { type: field.type };
}
