import type { TSLiteralType, TSType } from "@babel/types";
import { limits } from "../../../contract/limits.ts";
import type { Field } from "../../../contract/template/field.ts";
import { deriveNamed } from "./derive-named.ts";
import { listField, tupleField } from "./list-field.ts";
import { keysOf } from "./literal-keys.ts";
import { notJson } from "./not-json.ts";
import { intersectionField, membersField } from "./object-field.ts";
import {
  anything,
  type Derived,
  just,
  placeOf,
  refuseOf,
  type Type,
  type TypeReading,
  typeText,
  warnOf,
  written,
} from "./type-reading.ts";
import { uniteFields } from "./unite-fields.ts";

/** The field of a type as TypeScript or JSDoc writes it. What is not understood takes any value, and a warning says so. */
export function deriveField(reading: TypeReading, type: Type): Derived {
  reading.budget.left -= 1;
  if (reading.budget.left < 0) return tooMuch(reading, type, "the function's types are too many to be written out");
  if (reading.depth > limits.fieldDepth || reading.within.length > longestChain)
    return tooMuch(reading, type, `types are nested deeper than ${limits.fieldDepth} levels here`);
  if (type.kind === "untyped") return just(anything);
  if (type.kind === "field") return just(type.field);
  if (type.kind === "members") return just(membersField(reading, { members: type.members, isOpen: false }));
  return deriveWritten(reading, type, type.node);
}

/** Aliases of aliases of aliases; a source can hold thousands. */
const longestChain = 64;

type Written = Extract<Type, { kind: "written" }>;

function deriveWritten(reading: TypeReading, type: Written, node: TSType): Derived {
  const inner = (part: TSType): Derived => reading.derive(reading, written(part, type.names));
  switch (node.type) {
    case "TSStringKeyword":
    case "TSTemplateLiteralType":
      return just({ type: "string" });
    case "TSNumberKeyword":
      return just({ type: "float" });
    case "TSBooleanKeyword":
    case "TSTypePredicate":
      return just({ type: "boolean" });
    case "TSAnyKeyword":
    case "TSUnknownKeyword":
      return just(anything);
    case "TSObjectKeyword":
      return just({ type: "object" });
    case "TSNullKeyword":
      return { field: null, isNullable: true, isOptional: false };
    case "TSUndefinedKeyword":
    case "TSVoidKeyword":
      return { field: null, isNullable: false, isOptional: true };
    case "TSNeverKeyword":
      return { field: null, isNullable: false, isOptional: false };
    case "TSLiteralType":
      return literalField(reading, type, node);
    case "TSParenthesizedType":
      return inner(node.typeAnnotation);
    case "TSTypeOperator":
      if (node.operator === "readonly") return inner(node.typeAnnotation);
      return keysField(reading, type) ?? unknown(reading, type);
    case "TSArrayType":
      return just(listField(reading, written(node.elementType, type.names)));
    case "TSTupleType":
      return just(tupleField(reading, node, type.names));
    case "TSUnionType":
      return uniteFields(reading, type, node.types.map(inner));
    case "TSIntersectionType":
      return (
        intersectionField(
          reading,
          type,
          node.types.map((part) => written(part, type.names)),
        ) ?? unknown(reading, type)
      );
    case "TSTypeLiteral":
    case "TSMappedType": {
      const found = reading.properties(reading, type);
      return found === null ? unknown(reading, type) : just(membersField(reading, found));
    }
    case "TSIndexedAccessType":
      return indexedField(reading, type) ?? unknown(reading, type);
    case "TSTypeReference":
      return deriveNamed(reading, type, node) ?? unknown(reading, type);
    case "TSFunctionType":
    case "TSConstructorType":
      return notJson(reading, type, "a function");
    case "TSImportType":
      // That nothing is imported is told already.
      return just(anything);
    case "TSBigIntKeyword":
      return notJson(reading, type, "a bigint");
    case "TSSymbolKeyword":
      return notJson(reading, type, "a symbol");
    default:
      return unknown(reading, type);
  }
}

function tooMuch(reading: TypeReading, type: Type, message: string): Derived {
  warnOf(reading, placeOf(type), "type_too_deep", `${message}: any value is taken`, "use fewer or flatter types");
  return just(anything);
}

function unknown(reading: TypeReading, type: Type): Derived {
  const message = `the type ${typeText(reading.code, type)} is not understood: any value is taken`;
  warnOf(reading, placeOf(type), "unknown_type", message, understood);
  return just(anything);
}

const understood =
  "understood are string, number, boolean, null, literals, unions of these, lists, tuples, objects, Record, Partial, Required, Pick, Omit, and the interfaces and type aliases of the same file (docs/function-types-typescript.md)";

function literalField(reading: TypeReading, type: Written, { literal }: TSLiteralType): Derived {
  switch (literal.type) {
    case "StringLiteral":
      return just({ type: "string", enum: [literal.value] });
    case "TemplateLiteral":
      return just({ type: "string", enum: [literal.quasis.map(({ value }) => value.cooked ?? "").join("")] });
    case "BooleanLiteral":
      return just({ type: "boolean" });
    case "NumericLiteral":
      return just(numberChoice(literal.value));
    case "UnaryExpression":
      if (literal.argument.type === "NumericLiteral") return just(numberChoice(-literal.argument.value));
      return notJson(reading, type, "a bigint");
    default:
      return notJson(reading, type, "a bigint");
  }
}

function numberChoice(value: number): Field {
  // JSON has no -0.
  const choice = value === 0 ? 0 : value;
  if (!Number.isFinite(choice)) return { type: "float" };
  return Number.isSafeInteger(choice) ? { type: "integer", enum: [choice] } : { type: "float", enum: [choice] };
}

function keysField(reading: TypeReading, type: Written): Derived | null {
  const keys = keysOf(reading, type);
  return keys === null || keys.length === 0 ? null : chosenFrom(reading, type, keys);
}

function chosenFrom(reading: TypeReading, type: Type, choices: readonly string[]): Derived {
  reading.budget.left -= choices.length;
  return uniteFields(reading, type, [just({ type: "string", enum: [...new Set(choices)] })]);
}

/** `T["name"]` of an object type, and `(typeof list)[number]`. */
function indexedField(reading: TypeReading, type: Written): Derived | null {
  if (type.node.type !== "TSIndexedAccessType") return null;
  const keys = keysOf(reading, written(type.node.indexType, type.names));
  const members = keys === null ? null : reading.properties(reading, written(type.node.objectType, type.names));
  if (keys !== null && members !== null) {
    const chosen = keys.map((key) => members.members.find(({ name }) => name === key));
    if (chosen.some((member) => member === undefined)) {
      const message = `${typeText(reading.code, type)} names a property that is not there`;
      refuseOf(reading, placeOf(type), "unknown_property", message, null);
      return just(anything);
    }
    const found = chosen.flatMap((member) => (member === undefined ? [] : [member]));
    return uniteFields(
      reading,
      type,
      found.map((member) => withMarks(reading.derive(reading, member.type), member)),
    );
  }
  const choices = keysOf(reading, type);
  return choices === null || choices.length === 0 ? null : chosenFrom(reading, type, choices);
}

function withMarks(derived: Derived, marks: { isOptional: boolean; isNullable: boolean }): Derived {
  return {
    field: derived.field,
    isNullable: derived.isNullable || marks.isNullable,
    isOptional: derived.isOptional || marks.isOptional,
  };
}
