import type { Docstring } from "../../../contract/function/analysis.ts";
import type { Returns } from "../../../contract/function/signature.ts";
import { limits } from "../../../contract/limits.ts";
import type { Field } from "../../../contract/template/field.ts";
import type { Expression } from "../syntax/expression.ts";
import type { PythonFunction } from "../syntax/python-module.ts";
import { withDescription } from "./apply-constraints.ts";
import { findMeaning } from "./find-meaning.ts";
import { documentedNames, documentedText } from "./output-names.ts";
import { readRecord } from "./read-record.ts";
import { readRecordCall } from "./read-record-call.ts";
import { anything, type TypeReading } from "./type-reading.ts";
import { isNothing, type PlacedType, tupleMembers, unwrapType } from "./unwrap-type.ts";

/** What a function gives back: its outputs in order, and how they are taken from its return value. */
export interface DerivedOutputs {
  fields: [string, Field][];
  returns: Omit<Returns, "annotation">;
}

/** The outputs of a plain function, by its return annotation. */
export function plainOutputs(reading: TypeReading, fn: PythonFunction, docs: Docstring): DerivedOutputs {
  if (fn.returns === null) return oneValue(anything, docs);
  const type = unwrapType(reading, fn.returns);
  if (isNothing(type)) return { fields: [], returns: { shape: "nothing", names: [] } };
  const members = tupleMembers(type);
  if (members !== null && members.length <= limits.outputsPerRun) return ofTuple(type.reading, members, docs);
  const field = reading.derive(reading, fn.returns) ?? anything;
  return (isRecord(type) ? ofRecord(field, docs) : null) ?? oneValue(field, docs);
}

function oneValue(field: Field, docs: Docstring): DerivedOutputs {
  const text = docs.returns.map((one) => one.text).join(" ");
  return {
    fields: [["result", withDescription({ ...field, required: true }, text)]],
    returns: { shape: "value", names: ["result"] },
  };
}

function ofTuple(reading: TypeReading, members: readonly Expression[], docs: Docstring): DerivedOutputs {
  const count = members.length;
  const names = documentedNames(docs, count) ?? members.map((_, at) => `output_${at}`);
  const fields = members.map((member, at): [string, Field] => {
    const name = names[at] ?? "";
    const field = reading.derive(reading, member) ?? anything;
    return [name, withDescription({ ...field, required: true }, documentedText(docs, name, at, count))];
  });
  return { fields, returns: { shape: "tuple", names } };
}

/** Whether a type is a class of the file with fields, generic or not. */
function isRecord({ reading: { module }, expression }: PlacedType): boolean {
  const meaning = findMeaning(module, expression.type === "subscript" ? expression.object : expression);
  if (meaning?.type === "class") return readRecord(module, meaning.pythonClass) !== null;
  return (
    meaning?.type === "assigned" &&
    meaning.expression.type === "call" &&
    readRecordCall(module, meaning.expression) !== null
  );
}

/** An output for each property; null when there are too many, or more than the class says. */
function ofRecord(field: Field, docs: Docstring): DerivedOutputs | null {
  if (field.type !== "object" || field.properties === undefined || field.additional_properties === true) return null;
  const properties = Object.entries(field.properties);
  if (properties.length > limits.outputsPerRun) return null;
  const fields = properties.map(([name, property]): [string, Field] => [
    name,
    property.description === undefined
      ? withDescription(property, docs.returns.find((one) => one.name === name)?.text)
      : property,
  ]);
  return { fields, returns: { shape: "fields", names: fields.map(([name]) => name) } };
}
