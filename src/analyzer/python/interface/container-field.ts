import type { ArrayField, Field } from "../../../contract/template/field.ts";
import { canonicalText } from "../../../domain/template/value/json-equality.ts";
import type { Expression } from "../syntax/expression.ts";
import type { TypeReading } from "./type-reading.ts";
import { warnOfFiles } from "./warn-of-files.ts";

/** A list of one type, or of anything when that is not said. */
export function listField(reading: TypeReading, items: Expression | undefined): ArrayField {
  return { type: "array", ...itemsOf(items === undefined ? undefined : itemField(reading, items)) };
}

/** A list without repetitions. */
export function setField(reading: TypeReading, items: Expression | undefined): Field {
  return { ...listField(reading, items), unique_items: true };
}

/** A list of a fixed length, or `tuple[X, ...]` of any length. Members of different types have no type as items. */
export function tupleField(reading: TypeReading, expression: Expression, members: readonly Expression[]): Field {
  const [first, second, ...others] = members;
  if (expression.type !== "subscript") return { type: "array" };
  if (second?.type === "ellipsis" && others.length === 0) return listField(reading, first);
  const fields = members.map((member) => itemField(reading, member));
  const length = { min_items: members.length, max_items: members.length };
  if (new Set(fields.map(canonicalText)).size <= 1) return { type: "array", ...itemsOf(fields[0]), ...length };
  warnOfFiles(reading, expression, fields);
  return { type: "array", ...length };
}

/** An object whose names the caller chooses. What its values are cannot be said. */
export function mappingField(reading: TypeReading, expression: Expression, parameters: readonly Expression[]): Field {
  const values = parameters[1];
  if (values !== undefined) warnOfFiles(reading, expression, [itemField(reading, values)]);
  return { type: "object", additional_properties: true };
}

/** The field of an item; the type None as an item is null and nothing else, which no field says. */
function itemField(reading: TypeReading, expression: Expression): Field {
  return reading.derive({ ...reading, depth: reading.depth + 1 }, expression) ?? { type: "any" };
}

/** Items of type any are items of which nothing is said. */
function itemsOf(items: Field | undefined): { items?: Field } {
  return items === undefined || items.type === "any" ? {} : { items };
}
