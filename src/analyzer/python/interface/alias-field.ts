import type { Expression } from "../syntax/expression.ts";
import { enumField, namedRecordField } from "./class-field.ts";
import { constrainedCallField } from "./constrained-call.ts";
import { outsidePath } from "./find-meaning.ts";
import { readEnumCall } from "./read-enum.ts";
import { readRecordCall } from "./read-record-call.ts";
import { anything, type Derived, type TypeReading, warnOf } from "./type-reading.ts";
import { uniteFields } from "./unite-fields.ts";

/** A name that the file binds to a type by assignment; undefined when what it is bound to is no type. */
export function aliasField(
  reading: TypeReading,
  alias: { name: string; expression: Expression },
  expression: Expression,
): Derived | undefined {
  const { name, expression: bound } = alias;
  if (reading.within.includes(name)) {
    const message = `${name} contains itself, which an interface cannot say: any value is taken here`;
    warnOf(reading, expression, "recursive_type", message);
    return anything;
  }
  const inside: TypeReading = { ...reading, within: [...reading.within, name], place: null };
  if (bound.type === "call") return calledField(inside, name, bound, reading, expression);
  return typeLike.has(bound.type) ? inside.derive(inside, bound) : undefined;
}

/** What a type can be written as, where it is bound to a name. */
const typeLike: ReadonlySet<Expression["type"]> = new Set(["name", "attribute", "subscript", "binary", "string"]);

/** `NewType`, `TypeVar`, and the functional forms of classes. */
function calledField(
  inside: TypeReading,
  name: string,
  call: Extract<Expression, { type: "call" }>,
  reading: TypeReading,
  expression: Expression,
): Derived | undefined {
  const [, second, ...others] = call.args;
  switch (outsidePath(reading.module, call.callee)) {
    case "typing.NewType":
    case "typing.TypeAliasType":
      return second === undefined ? undefined : inside.derive(inside, second);
    case "typing.TypeVar": {
      const bound = call.keywords.find((keyword) => keyword.name === "bound")?.value;
      if (bound !== undefined) return inside.derive(inside, bound);
      if (second === undefined) return anything;
      const choices = [second, ...others].map((one) => inside.derive(inside, one));
      return uniteFields(reading, expression, choices);
    }
    default: {
      const choices = readEnumCall(reading.module, call);
      if (choices !== null) return enumField(reading, choices, expression);
      const shape = readRecordCall(reading.module, call);
      if (shape !== null) return namedRecordField(reading, name, shape, expression);
      return constrainedCallField(inside, call) ?? undefined;
    }
  }
}
