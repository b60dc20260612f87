import type { Expression } from "../syntax/expression.ts";
import { readExpressionText } from "../syntax/read-expression-text.ts";
import { findMeaning, outsidePath } from "./find-meaning.ts";
import { transparentForms } from "./known-types.ts";
import type { TypeReading } from "./type-reading.ts";

/** A type as written, and where it is to be read. */
export interface PlacedType {
  reading: TypeReading;
  expression: Expression;
}

/** The type itself behind aliases, strings, `Annotated` and `Final`. */
export function unwrapType(reading: TypeReading, expression: Expression): PlacedType {
  let at: PlacedType = { reading, expression };
  for (let steps = 0; steps < mostSteps; steps += 1) {
    const next = inside(at);
    if (next === null) return at;
    at = next;
  }
  return at;
}

/** The members of a union, each unwrapped; of anything else, itself. */
export function unionMembers(reading: TypeReading, expression: Expression): PlacedType[] {
  const found: PlacedType[] = [];
  const waiting: PlacedType[] = [{ reading, expression }];
  for (let next = waiting.pop(); next !== undefined && found.length < mostSteps; next = waiting.pop()) {
    const type = unwrapType(next.reading, next.expression);
    const parts = partsOf(type);
    if (parts === null) found.push(type);
    else waiting.push(...parts.reverse().map((part) => ({ reading: type.reading, expression: part })));
  }
  return found;
}

/** The members of `tuple[A, B]`; null for a tuple of any length, and for everything else. */
export function tupleMembers({ reading, expression }: PlacedType): readonly Expression[] | null {
  if (expression.type !== "subscript" || outsidePath(reading.module, expression.object) !== "builtins.tuple")
    return null;
  const members = indexes(expression);
  return members[1]?.type === "ellipsis" ? null : members;
}

/** Whether a type says that nothing is returned. */
export function isNothing({ reading, expression }: PlacedType): boolean {
  if (expression.type === "constant") return expression.value === null;
  const path = outsidePath(reading.module, expression);
  return path === "typing.NoReturn" || path === "typing.Never";
}

/** A loop of aliases ends somewhere. */
const mostSteps = 64;

function inside({ reading, expression }: PlacedType): PlacedType | null {
  if (expression.type === "string") {
    const read =
      expression.value === null || expression.isBytes
        ? null
        : readExpressionText(expression.value, expression.from + 1);
    const place = reading.place ?? { from: expression.from, to: expression.to };
    return read === null ? null : { reading: { ...reading, place }, expression: read };
  }
  if (expression.type === "subscript") {
    const path = outsidePath(reading.module, expression.object) ?? "";
    const [first] = indexes(expression);
    const isWrapper = path === "typing.Annotated" || transparentForms.has(path);
    return isWrapper && first !== undefined ? { reading, expression: first } : null;
  }
  const meaning = findMeaning(reading.module, expression);
  if (meaning?.type !== "assigned" || meaning.expression.type === "call") return null;
  return { reading: { ...reading, place: null }, expression: meaning.expression };
}

function partsOf({ reading, expression }: PlacedType): Expression[] | null {
  if (expression.type === "binary" && expression.operator === "|") return [expression.left, expression.right];
  if (expression.type !== "subscript") return null;
  const path = outsidePath(reading.module, expression.object);
  if (path === "typing.Union") return [...indexes(expression)];
  if (path !== "typing.Optional") return null;
  const { from, to } = expression;
  return [...indexes(expression), { type: "constant", value: null, from, to }];
}

function indexes({ index }: Extract<Expression, { type: "subscript" }>): readonly Expression[] {
  return index.type === "tuple" ? index.items : [index];
}
