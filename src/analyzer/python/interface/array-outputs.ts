import type { Docstring } from "../../../contract/function/analysis.ts";
import { limits } from "../../../contract/limits.ts";
import type { Field } from "../../../contract/template/field.ts";
import type { Expression } from "../syntax/expression.ts";
import type { PythonFunction } from "../syntax/python-module.ts";
import { withDescription } from "./apply-constraints.ts";
import { arrayOutputFormats } from "./known-types.ts";
import { areNames, documentedNames, documentedText } from "./output-names.ts";
import type { DerivedOutputs } from "./plain-outputs.ts";
import { type BesideImage, besideByAnnotation, besideByReturns } from "./returned-members.ts";
import { type TypeReading, warnOf } from "./type-reading.ts";
import { isNothing, unionMembers } from "./unwrap-type.ts";

/** The outputs of an array function: the stack `image`, and what it may return beside it. */
export function arrayOutputs(reading: TypeReading, fn: PythonFunction, docs: Docstring): DerivedOutputs {
  warnOfNoImage(reading, fn);
  const types = fn.returns === null ? [] : unionMembers(reading, fn.returns);
  const beside = (besideByAnnotation(reading, fn, types) ?? besideByReturns(reading, fn)).slice(
    0,
    limits.outputsPerRun - 1,
  );
  const names = ["image", ...namesOf(beside, docs)];
  const image: Field = { type: "file", format: arrayOutputFormats, required: true };
  const isNullable = types.some(isNothing) && types.length > 1;
  const fields: Field[] = [
    isNullable ? { ...image, nullable: true } : image,
    ...beside.map(({ field, isAlways }) => ({ ...field, required: isAlways })),
  ];
  return {
    fields: fields.map((field, at) => {
      const name = names[at] ?? "";
      return [name, withDescription(field, documentedText(docs, name, at, fields.length))];
    }),
    returns: { shape: "image", names },
  };
}

/** By the docstring if it names all, else by the fields of a named tuple, else `metadata` for a dict in second place, else by number. */
function namesOf(beside: readonly BesideImage[], docs: Docstring): string[] {
  const documented = documentedNames(docs, beside.length + 1)?.slice(1);
  if (documented !== undefined && !documented.includes("image")) return documented;
  const own = beside.flatMap(({ name }) => (name === null ? [] : [name]));
  if (own.length === beside.length && areNames(["image", ...own])) return own;
  return beside.map(({ isMetadata }, at) => (at === 0 && isMetadata ? "metadata" : `output_${at + 1}`));
}

function warnOfNoImage(reading: TypeReading, fn: PythonFunction): void {
  const isNone = (returned: Expression | null) =>
    returned === null || (returned.type === "constant" && returned.value === null);
  if (fn.returns !== null || !fn.returned.every(isNone)) return;
  const message = `${fn.name} returns nothing; an array function returns the stack, or a tuple that begins with it`;
  warnOf(reading, fn.nameSpan, "no_image_returned", message, "return the stack");
}
