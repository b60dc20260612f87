import type { Expression } from "@babel/types";
import { unwrapped } from "../syntax/unwrapped.ts";
import { enterNamed, lookUpType } from "./lookup-type.ts";
import { type Type, type TypeReading, written } from "./type-reading.ts";

/** The strings that a type of literals stands for, `"a" | "b"` or `keyof T` or `(typeof list)[number]`; null when it stands for others too. */
export function keysOf(reading: TypeReading, type: Type): string[] | null {
  reading.budget.left -= 1;
  if (reading.budget.left < 0 || type.kind !== "written") return null;
  const { node, names } = type;
  switch (node.type) {
    case "TSParenthesizedType":
      return keysOf(reading, written(node.typeAnnotation, names));
    case "TSLiteralType":
      return node.literal.type === "StringLiteral" ? [node.literal.value] : null;
    case "TSUnionType":
      return joined(node.types.map((one) => keysOf(reading, written(one, names))));
    case "TSTypeReference": {
      const named = lookUpType(reading, type, node);
      if (named?.kind !== "type") return null;
      const name = node.typeName.type === "Identifier" ? node.typeName.name : "";
      return enterNamed(reading, node, name, (inside) => keysOf(inside, named.type), null);
    }
    case "TSTypeOperator": {
      if (node.operator !== "keyof") return null;
      const { typeAnnotation } = node;
      if (typeAnnotation.type === "TSTypeQuery") return keysOfConstant(constantOf(reading, typeAnnotation));
      const object = reading.properties(reading, written(typeAnnotation, names));
      return object === null || object.isOpen ? null : object.members.map(({ name }) => name);
    }
    case "TSIndexedAccessType": {
      const object = node.objectType.type === "TSParenthesizedType" ? node.objectType.typeAnnotation : node.objectType;
      return object.type === "TSTypeQuery"
        ? valuesOfConstant(constantOf(reading, object), node.indexType.type === "TSNumberKeyword")
        : null;
    }
    default:
      return null;
  }
}

function joined(parts: readonly (string[] | null)[]): string[] | null {
  const all = new Set<string>();
  for (const part of parts) {
    if (part === null) return null;
    for (const key of part) all.add(key);
  }
  return [...all];
}

function constantOf(reading: TypeReading, query: { exprName: { type: string; name?: string } }): Expression | null {
  const { name } = query.exprName;
  const value = name === undefined ? undefined : reading.types.constants.get(name);
  return value === undefined ? null : unwrapped(value);
}

function keysOfConstant(value: Expression | null): string[] | null {
  if (value?.type !== "ObjectExpression") return null;
  const keys = value.properties.map((property) => {
    if (property.type !== "ObjectProperty" || property.computed) return null;
    if (property.key.type === "Identifier") return property.key.name;
    return property.key.type === "StringLiteral" ? property.key.value : null;
  });
  return keys.every((key) => key !== null) ? keys : null;
}

/** The strings of `const list = ["a", "b"] as const`, or the values of an object of strings. */
function valuesOfConstant(value: Expression | null, isList: boolean): string[] | null {
  const items =
    isList && value?.type === "ArrayExpression"
      ? value.elements
      : !isList && value?.type === "ObjectExpression"
        ? value.properties.map((property) => (property.type === "ObjectProperty" ? property.value : null))
        : [null];
  const texts = items.map((item) => (item?.type === "StringLiteral" ? item.value : null));
  return texts.every((text) => text !== null) ? texts : null;
}
