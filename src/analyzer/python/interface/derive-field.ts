import { limits } from "../../../contract/limits.ts";
import type { Field } from "../../../contract/template/field.ts";
import { didYouMean } from "../../../domain/did-you-mean.ts";
import type { Expression } from "../syntax/expression.ts";
import { readExpressionText } from "../syntax/read-expression-text.ts";
import { aliasField } from "./alias-field.ts";
import { annotatedField } from "./annotated-field.ts";
import { classField } from "./class-field.ts";
import { constrainedCallField } from "./constrained-call.ts";
import { listField, mappingField, setField, tupleField } from "./container-field.ts";
import { findMeaning, type Meaning } from "./find-meaning.ts";
import {
  arrayInputFormats,
  arrayOutputFormats,
  arrayTypes,
  listTypes,
  mappingTypes,
  meantTypes,
  plainTypes,
  setTypes,
  transparentForms,
} from "./known-types.ts";
import { literalField } from "./literal-field.ts";
import { anything, type Derived, type TypeReading, textOf, warnOf } from "./type-reading.ts";
import { uniteFields } from "./unite-fields.ts";

/** The field of a type as annotations write it. What is not understood takes any value, and a warning says so. */
export function deriveField(outer: TypeReading, expression: Expression): Derived {
  const reading = { ...outer, level: outer.level + 1 };
  reading.budget.left -= 1;
  if (reading.budget.left < 0) return spent(reading, expression);
  if (reading.depth > limits.fieldDepth || reading.level > limits.sourceDepth) {
    return tooMuch(reading, expression, `types are nested deeper than ${limits.fieldDepth} levels here`);
  }
  switch (expression.type) {
    case "constant":
      return expression.value === null ? null : unknown(reading, expression);
    case "string":
      return fromString(reading, expression);
    case "name":
    case "attribute":
      return named(reading, expression, []);
    case "subscript": {
      const { index } = expression;
      return named(reading, expression, index.type === "tuple" ? index.items : [index], expression.object);
    }
    case "binary":
      if (expression.operator !== "|") return unknown(reading, expression);
      return uniteFields(
        reading,
        expression,
        alternatives(expression).map((one) => deriveField(reading, one)),
      );
    case "call":
      return constrainedCallField(reading, expression) ?? unknown(reading, expression);
    default:
      return unknown(reading, expression);
  }
}

/** Told once: all that comes after it is as much too much. */
function spent(reading: TypeReading, expression: Expression): Field {
  const { budget } = reading;
  if (!budget.isSpent) tooMuch(reading, expression, "the function's types are too many to be written out");
  budget.isSpent = true;
  return anything;
}

function tooMuch(reading: TypeReading, expression: Expression, message: string): Field {
  warnOf(reading, expression, "type_too_deep", `${message}: any value is taken`, "use fewer or flatter classes");
  return anything;
}

/** `A | B | C` is read from the left; the pieces in order, however many. */
function alternatives(expression: Expression): Expression[] {
  const found: Expression[] = [];
  let at = expression;
  while (at.type === "binary" && at.operator === "|") {
    found.push(at.right);
    at = at.left;
  }
  return [at, ...found.reverse()];
}

function fromString(reading: TypeReading, expression: Extract<Expression, { type: "string" }>): Derived {
  const read =
    expression.value === null || expression.isBytes ? null : readExpressionText(expression.value, expression.from + 1);
  if (read === null) return unknown(reading, expression);
  return deriveField({ ...reading, place: reading.place ?? { from: expression.from, to: expression.to } }, read);
}

/** A name, with what stands in its brackets. */
function named(
  reading: TypeReading,
  expression: Expression,
  parameters: readonly Expression[],
  name: Expression = expression,
): Derived {
  const meaning = findMeaning(reading.module, name);
  switch (meaning?.type) {
    case "class":
      return classField(reading, meaning.pythonClass, expression) ?? unknown(reading, expression);
    case "assigned":
      return aliasField(reading, meaning, expression) ?? unknown(reading, expression);
    case "outside":
      return knownField(reading, expression, meaning.path, parameters) ?? unknown(reading, expression, meaning);
    default:
      return unknown(reading, expression);
  }
}

/** The field of a type that is defined elsewhere; undefined when it is not known. */
function knownField(
  reading: TypeReading,
  expression: Expression,
  path: string,
  parameters: readonly Expression[],
): Derived | undefined {
  const [first] = parameters;
  const plain = plainTypes.get(path);
  if (plain !== undefined) return plain;
  if (arrayTypes.has(path))
    return { type: "file", format: reading.side === "input" ? arrayInputFormats : arrayOutputFormats };
  if (listTypes.has(path)) return listField(reading, first);
  if (setTypes.has(path)) return setField(reading, first);
  if (path === "builtins.tuple") return tupleField(reading, expression, parameters);
  if (mappingTypes.has(path)) return mappingField(reading, expression, parameters);
  if (first === undefined) return undefined;
  if (path === "typing.Optional") return uniteFields(reading, expression, [deriveField(reading, first), null]);
  if (path === "typing.Union") {
    return uniteFields(
      reading,
      expression,
      parameters.map((one) => deriveField(reading, one)),
    );
  }
  if (path === "typing.Literal") return literalField(reading, expression, parameters);
  if (path === "typing.Annotated") return annotatedField(reading, first, parameters.slice(1));
  return transparentForms.has(path) ? deriveField(reading, first) : undefined;
}

function unknown(reading: TypeReading, expression: Expression, meaning: Meaning | null = null): Field {
  const last = meaning?.type === "outside" ? (meaning.path.split(".").at(-1) ?? "") : "";
  const meant = Object.hasOwn(meantTypes, last) ? meantTypes[last] : nearest(meaning);
  warnOf(
    reading,
    expression,
    "unknown_type",
    `the type ${textOf(reading, expression)} is not understood: any value is taken`,
    meant === undefined ? understood : `did you mean ${meant}?`,
  );
  return anything;
}

function nearest(meaning: Meaning | null): string | undefined {
  if (meaning?.type !== "outside" || !meaning.path.startsWith("builtins.")) return undefined;
  const found = didYouMean(meaning.path.slice("builtins.".length), wellKnown);
  return found ?? undefined;
}

const wellKnown = "str int float bool list dict tuple set bytes Optional Union Literal Annotated Path".split(" ");

const understood =
  "understood are str, int, float, bool, list, tuple, set, dict, Optional, Union, Literal, Path, bytes, arrays, and the Enum, dataclass, pydantic, TypedDict and NamedTuple classes of the same file (docs/function-types.md)";
