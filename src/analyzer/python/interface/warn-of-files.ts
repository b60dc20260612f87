import type { Field } from "../../../contract/template/field.ts";
import type { Expression } from "../syntax/expression.ts";
import { type TypeReading, textOf, warnOf } from "./type-reading.ts";

/** Warns, and answers true, where a type holds files out of sight: a file travels by its digest, which is only looked for in fields that say file. */
export function warnOfFiles(reading: TypeReading, expression: Expression, fields: readonly Field[]): boolean {
  if (!fields.some(containsFile)) return false;
  warnOf(
    reading,
    expression,
    "file_unreachable",
    `${textOf(reading, expression)} holds files where no field can say so: they cannot travel`,
    "take the files as parameters of their own, or as a list of one type",
  );
  return true;
}

/** Whether a file may stand somewhere in a field's values. */
function containsFile(field: Field): boolean {
  switch (field.type) {
    case "file":
      return true;
    case "array":
      return field.items !== undefined && containsFile(field.items);
    case "object":
      return Object.values(field.properties ?? {}).some(containsFile);
    default:
      return false;
  }
}
