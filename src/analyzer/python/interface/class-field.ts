import type { Docstring } from "../../../contract/function/analysis.ts";
import type { Field } from "../../../contract/template/field.ts";
import { noDocs, readDocstring } from "../../docs/read-docstring.ts";
import type { Expression } from "../syntax/expression.ts";
import type { PythonClass } from "../syntax/python-module.ts";
import { boundedEnum } from "./bounded-enum.ts";
import { type EnumChoices, readEnum } from "./read-enum.ts";
import { type RecordShape, readRecord } from "./read-record.ts";
import { recordField } from "./record-field.ts";
import { anything, spendOnText, type TypeReading, warnOf } from "./type-reading.ts";

/** A class of the file that `expression` names, as a field: an enum's choices, or an object; undefined when it is of another kind. */
export function classField(reading: TypeReading, pythonClass: PythonClass, expression: Expression): Field | undefined {
  const choices = readEnum(reading.module, pythonClass);
  if (choices !== null) return enumField(reading, choices, expression);
  const shape = readRecord(reading.module, pythonClass);
  if (shape === null) return undefined;
  const { args } = docsOf(reading, pythonClass);
  return enterClass(reading, pythonClass.name, expression, (inside) =>
    recordField(inside, shape, args, pythonClass.span),
  );
}

/** A record that is made by a call and bound to a name. */
export function namedRecordField(
  reading: TypeReading,
  name: string,
  shape: RecordShape,
  expression: Expression,
): Field {
  return enterClass(reading, name, expression, (inside) => recordField(inside, shape, {}, expression));
}

/** A string or an integer, one of the enum's. */
export function enumField(reading: TypeReading, choices: EnumChoices, expression: Expression): Field | undefined {
  const values = [...new Set(choices.byName.values())];
  spendOnText(reading, JSON.stringify(values).length);
  const texts = values.filter((value) => typeof value === "string");
  const numbers = values.filter((value) => typeof value === "number");
  if (values.length === 0 || (reading.side === "output" && !choices.isCertain)) return undefined;
  const field: Field = numbers.length === 0 ? { type: "string", enum: texts } : { type: "integer", enum: numbers };
  return boundedEnum(reading, expression, field);
}

/** Reads what is inside a class, unless the class stands in itself, which no interface can say. */
function enterClass(
  reading: TypeReading,
  name: string,
  expression: Expression,
  read: (inside: TypeReading) => Field,
): Field {
  if (reading.within.includes(name)) {
    const message = `${name} contains itself, which an interface cannot say: any value is taken here`;
    warnOf(reading, expression, "recursive_type", message);
    return anything;
  }
  return read({ ...reading, within: [...reading.within, name], path: `/classes/${name}`, place: null });
}

function docsOf(reading: TypeReading, pythonClass: PythonClass): Docstring {
  const known = reading.classDocs.get(pythonClass);
  if (known !== undefined) return known;
  const docs = pythonClass.docstring === null ? noDocs : readDocstring(pythonClass.docstring);
  reading.classDocs.set(pythonClass, docs);
  return docs;
}
