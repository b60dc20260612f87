import type { Field } from "../../../contract/template/field.ts";
import type { PythonParameter } from "../syntax/python-module.ts";
import { withDescription } from "./apply-constraints.ts";
import { inferField } from "./infer-field.ts";
import { anything, type TypeReading, textOf, warnOf } from "./type-reading.ts";
import { withDefault } from "./with-default.ts";

/** A parameter as an input: its type by the annotation, else by the default, and the docstring's words. */
export function parameterField(reading: TypeReading, parameter: PythonParameter, text: string | undefined): Field {
  const { annotation, default: written } = parameter;
  const field = annotation === null ? inferred(reading, parameter) : (reading.derive(reading, annotation) ?? anything);
  return withDescription(withDefault(reading, field, written), text);
}

function inferred(reading: TypeReading, parameter: PythonParameter): Field {
  const { name, default: written, span } = parameter;
  const field = written === null ? null : inferField(reading, written);
  if (field !== null) return field;
  const message =
    written === null
      ? `${name} has neither a type hint nor a default: any value is taken`
      : `${name} has no type hint, and its default ${textOf(reading, written)} does not tell its type: any value is taken`;
  warnOf(reading, span, "unknown_type", message, `write a hint, like ${name}: float`);
  return anything;
}
