import type { Field } from "../../../contract/template/field.ts";
import { canonicalText } from "../../../domain/template/value/json-equality.ts";
import { commonField } from "../../common-field.ts";
import type { Expression } from "../syntax/expression.ts";
import { boundedEnum } from "./bounded-enum.ts";
import { anything, type Derived, type TypeReading, textOf, warnOf } from "./type-reading.ts";
import { warnOfFiles } from "./warn-of-files.ts";

/** One field for values of several types: null makes it nullable, int and float are a float, and what has no field in common is any. */
export function uniteFields(reading: TypeReading, expression: Expression, members: readonly Derived[]): Derived {
  const isNullable = members.some((member) => member === null || member.nullable === true);
  const distinct = new Map<string, Field>();
  for (const member of members) {
    if (member === null) continue;
    const { nullable: _, ...field } = member;
    distinct.set(canonicalText(field), field);
  }
  const fields = [...distinct.values()];
  if (fields.length === 0) return null;
  const united = commonField(fields);
  if (united === null) {
    if (warnOfFiles(reading, expression, fields)) return anything;
    const message = `${textOf(reading, expression)} has no field type in common: any value is taken, and the function must check it`;
    warnOf(reading, expression, "mixed_types", message, "write one type, or an Optional of one");
    return anything;
  }
  const bounded = boundedEnum(reading, expression, united);
  return isNullable && bounded.type !== "any" ? { ...bounded, nullable: true } : bounded;
}
