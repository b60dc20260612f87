import { limits } from "../../../contract/limits.ts";
import type { Field } from "../../../contract/template/field.ts";
import { canonicalText } from "../../../domain/template/value/json-equality.ts";
import { commonField } from "../../common-field.ts";
import { anything, type Derived, placeOf, type Type, type TypeReading, typeText, warnOf } from "./type-reading.ts";

/** One field for the values of several types: null and undefined join, literals are an enum, and what has no field in common is any. */
export function uniteFields(reading: TypeReading, type: Type, members: readonly Derived[]): Derived {
  const isNullable = members.some((member) => member.isNullable);
  const isOptional = members.some((member) => member.isOptional);
  const distinct = new Map<string, Field>();
  for (const { field } of members) if (field !== null) distinct.set(canonicalText(field), field);
  const fields = [...distinct.values()];
  if (fields.length === 0) return { field: null, isNullable, isOptional };
  return { field: boundedEnum(reading, type, commonField(fields) ?? mixed(reading, type)), isNullable, isOptional };
}

function mixed(reading: TypeReading, type: Type): Field {
  const message = `${typeText(reading.code, type)} has no field type in common: any value is taken, and the function must check it`;
  warnOf(reading, placeOf(type), "mixed_types", message, "write one type, with null if need be");
  return anything;
}

function boundedEnum(reading: TypeReading, type: Type, field: Field): Field {
  const count = "enum" in field ? (field.enum?.length ?? 0) : 0;
  if (count <= limits.enumValues || !("enum" in field)) return field;
  const message = `${count} values, and a field lists at most ${limits.enumValues}: any ${field.type} is taken`;
  warnOf(reading, placeOf(type), "enum_too_large", message, null);
  return { type: field.type };
}
