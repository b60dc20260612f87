import type { TSTupleType } from "@babel/types";
import type { Field } from "../../../contract/template/field.ts";
import { canonicalText } from "../../../domain/template/value/json-equality.ts";
import { anything, type Type, type TypeReading, written } from "./type-reading.ts";

/** A list; items of which nothing is known are not told. */
export function listField(reading: TypeReading, items: Type): Field {
  const { field, isNullable } = reading.derive({ ...reading, depth: reading.depth + 1 }, items);
  if (field === null || field.type === "any") return { type: "array" };
  return { type: "array", items: isNullable ? { ...field, nullable: true } : field };
}

/** A list of a certain length, or at least one; members of different types have no type as items. */
export function tupleField(reading: TypeReading, tuple: TSTupleType, names: ReadonlyMap<string, Type>): Field {
  const inside = { ...reading, depth: reading.depth + 1 };
  const fields: Field[] = [];
  let needed = 0;
  let isEndless = false;
  for (const member of tuple.elementTypes) {
    const element = member.type === "TSNamedTupleMember" ? member.elementType : member;
    const isOptional = element.type === "TSOptionalType" || (member.type === "TSNamedTupleMember" && member.optional);
    if (element.type === "TSRestType") isEndless = true;
    else if (!isOptional) needed += 1;
    const inner = element.type === "TSRestType" || element.type === "TSOptionalType" ? element.typeAnnotation : element;
    const item = isEndless && inner.type === "TSArrayType" ? inner.elementType : inner;
    const { field, isNullable } = reading.derive(inside, written(item, names));
    fields.push(isNullable && field !== null ? { ...field, nullable: true } : (field ?? anything));
  }
  const [first] = fields;
  const isOneType = first !== undefined && first.type !== "any" && new Set(fields.map(canonicalText)).size === 1;
  return {
    type: "array",
    ...(isOneType ? { items: first } : {}),
    min_items: needed,
    ...(isEndless ? {} : { max_items: fields.length }),
  };
}
