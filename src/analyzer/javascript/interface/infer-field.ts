import type { Field } from "../../../contract/template/field.ts";
import { anything, type Member, type Type, type TypeReading, warnOf } from "../types/type-reading.ts";
import type { Literal } from "./read-literal.ts";

/** The type of an input of which only the default is known, as TypeScript would have it. */
export function inferField(reading: TypeReading, member: Member, literal: Literal | undefined): Type {
  const field = literal === undefined ? null : fieldOf(literal);
  if (field === null) {
    const message = `${member.name} has no type, and its default does not tell it: any value is taken`;
    warnOf(reading, member.span, "unknown_type", message, "write its type, or describe it by @param");
  }
  return { kind: "field", field: field ?? anything, span: member.span };
}

function fieldOf({ value }: Literal): Field | null {
  if (typeof value === "string") return { type: "string" };
  if (typeof value === "number") return { type: "float" };
  if (typeof value === "boolean") return { type: "boolean" };
  if (Array.isArray(value)) return { type: "array" };
  return value === null ? null : { type: "object" };
}
