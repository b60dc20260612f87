import type { Field } from "../../../contract/template/field.ts";
import { canonicalText } from "../../../domain/template/value/json-equality.ts";
import type { Expression } from "../syntax/expression.ts";
import type { PythonFunction } from "../syntax/python-module.ts";
import { findMeaning } from "./find-meaning.ts";
import { inferField } from "./infer-field.ts";
import { readRecord } from "./read-record.ts";
import { readRecordCall } from "./read-record-call.ts";
import { anything, type TypeReading, textOf, warnOf } from "./type-reading.ts";
import { isNothing, type PlacedType, tupleMembers } from "./unwrap-type.ts";

/** One thing that an array function returns beside the stack. */
export interface BesideImage {
  field: Field;
  /** Of a named tuple's field. */
  name: string | null;
  isMetadata: boolean;
  /** Whether every return gives it. */
  isAlways: boolean;
}

/** What the return annotation says beside the stack; null when it names no tuple. */
export function besideByAnnotation(
  reading: TypeReading,
  fn: PythonFunction,
  types: readonly PlacedType[],
): BesideImage[] | null {
  const shapes = types.filter((type) => !isNothing(type)).map(membersOf);
  for (const [at, shape] of shapes.entries()) if (shape === null) checkImage(fn, types[at]);
  const tuples = shapes.filter((shape) => shape !== null);
  if (tuples.length === 0) return null;
  const literal = fn.returned.flatMap((returned) => (returned?.type === "tuple" ? [returned.items.length] : []));
  const longest = tuples.reduce((a, b) => (b.length > a.length ? b : a));
  const shortest = Math.min(...shapes.map((shape) => shape?.length ?? 1), ...literal);
  return longest.slice(1).map(({ type, name }, at) => {
    const field = reading.derive(type.reading, type.expression) ?? anything;
    return { field, name, isMetadata: field.type === "object", isAlways: at + 1 < shortest };
  });
}

interface TypedMember {
  name: string | null;
  type: PlacedType;
}

/** The members of a fixed tuple or of a named tuple; null for another type. */
function membersOf(type: PlacedType): TypedMember[] | null {
  const plain = tupleMembers(type);
  if (plain !== null) return plain.map((expression) => ({ name: null, type: { ...type, expression } }));
  const { reading, expression } = type;
  const meaning = findMeaning(reading.module, expression);
  const shape =
    meaning?.type === "class"
      ? readRecord(reading.module, meaning.pythonClass)
      : meaning?.type === "assigned" && meaning.expression.type === "call"
        ? readRecordCall(reading.module, meaning.expression)
        : null;
  if (shape?.flavour !== "named_tuple") return null;
  const inside: TypeReading = { ...reading, place: null };
  return shape.members.map(({ name, annotation }) => ({
    name,
    type: { reading: inside, expression: annotation ?? { ...expression, type: "name", name: "object" } },
  }));
}

/** Warns of a return annotation that cannot be the stack; what it is beyond that, the runner sees. */
function checkImage(fn: PythonFunction, type: PlacedType | undefined): void {
  if (type === undefined) return;
  const { reading, expression } = type;
  const field = reading.derive({ ...reading, findings: [], told: new Set() }, expression);
  if (field?.type === "file" || field?.type === "any") return;
  const message = `${fn.name} is said to return ${textOf(reading, expression)}; an array function returns the stack, or a tuple that begins with it`;
  warnOf(reading, expression, "no_image_returned", message, "write -> np.ndarray, or -> tuple[np.ndarray, dict]");
}

/** What the `return a, b` statements say beside the stack, where no annotation does. */
export function besideByReturns(reading: TypeReading, fn: PythonFunction): BesideImage[] {
  const returned = fn.returned.filter((one) => one !== null);
  const tuples = returned.flatMap((one) => (one.type === "tuple" ? [one.items] : []));
  const count = Math.max(1, ...tuples.map((items) => items.length));
  const shortest = Math.min(...returned.map((one) => (one.type === "tuple" ? one.items.length : 1)));
  return Array.from({ length: count - 1 }, (_, at) => {
    const place = at + 1;
    const written = tuples.flatMap((items) => items[place] ?? []);
    const isMetadata = place === 1 && written.some(isCalledMetadata);
    const field = commonField(reading, written) ?? unknownMember(reading, fn, written[0], isMetadata);
    return { field, name: null, isMetadata: isMetadata || field.type === "object", isAlways: place < shortest };
  });
}

/** `return image, metadata`: what the variable holds is not known here, what it is for is. */
function isCalledMetadata(expression: Expression): boolean {
  return expression.type === "dict" || (expression.type === "name" && expression.name === "metadata");
}

function commonField(reading: TypeReading, written: readonly Expression[]): Field | null {
  const fields = written.map((one) => inferField(reading, one));
  const [first] = fields;
  if (first === undefined || first === null) return null;
  const isOne = fields.every((field) => field !== null && canonicalText(field) === canonicalText(first));
  return isOne ? first : null;
}

function unknownMember(
  reading: TypeReading,
  fn: PythonFunction,
  written: Expression | undefined,
  isMetadata: boolean,
): Field {
  if (written === undefined || isMetadata) return anything;
  const message = `what ${fn.name} returns as ${textOf(reading, written)} is of unknown type: any value is taken`;
  warnOf(reading, written, "unknown_type", message, "write a return annotation, like -> tuple[np.ndarray, float]");
  return anything;
}
