import type { Field } from "../../../contract/template/field.ts";
import type { Expression } from "../syntax/expression.ts";
import { applyConstraints, type Constraints, readKeywords, withDescription } from "./apply-constraints.ts";
import { evaluateDefault } from "./evaluate-default.ts";
import { outsidePath } from "./find-meaning.ts";
import type { Derived, TypeReading } from "./type-reading.ts";

/** `Annotated[T, …]`: T, with what the rest says that a field can say. A plain string describes. */
export function annotatedField(reading: TypeReading, base: Expression, notes: readonly Expression[]): Derived {
  const field = reading.derive(reading, base);
  return field === null ? null : notes.reduce((noted, note) => withNote(reading, noted, note), field);
}

function withNote(reading: TypeReading, field: Field, note: Expression): Field {
  if (note.type === "string") return withDescription(field, note.value);
  if (note.type !== "call") return field;
  const path = outsidePath(reading.module, note.callee) ?? "";
  if (path === "typing.Doc") return describedBy(reading, field, note.args[0]);
  const names = positionalNames.get(path);
  if (names === undefined) return field;
  const constraints: Constraints = new Map([
    ...names.flatMap((name, at) => {
      const written = note.args[at];
      const read = written === undefined ? null : evaluateDefault(reading.module, written);
      return written === undefined || read?.state !== "value" ? [] : [[name, { value: read.value, written }] as const];
    }),
    ...readKeywords(reading, note),
  ]);
  return applyConstraints(reading, field, constraints);
}

function describedBy(reading: TypeReading, field: Field, text: Expression | undefined): Field {
  const read = text === undefined ? null : evaluateDefault(reading.module, text);
  return read?.state === "value" ? withDescription(field, read.value) : field;
}

/** What notes are understood, and what their positional arguments are called. */
const positionalNames: ReadonlyMap<string, readonly string[]> = new Map([
  ["pydantic.Field", []],
  ["pydantic.StringConstraints", []],
  ["annotated_types.Gt", ["gt"]],
  ["annotated_types.Ge", ["ge"]],
  ["annotated_types.Lt", ["lt"]],
  ["annotated_types.Le", ["le"]],
  ["annotated_types.Interval", []],
  ["annotated_types.MultipleOf", ["multiple_of"]],
  ["annotated_types.MinLen", ["min_length"]],
  ["annotated_types.MaxLen", ["max_length"]],
  ["annotated_types.Len", ["min_length", "max_length"]],
]);
