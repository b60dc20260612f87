import type { Expression, Node, ObjectProperty } from "@babel/types";
import type { JsonMap, JsonValue } from "../../../domain/document/json-value.ts";
import { unwrapped } from "../syntax/unwrapped.ts";

/** A value that is written out, with the places of what is in it. */
export interface Literal {
  value: JsonValue;
  node: Expression;
  /** Of an object: each property's value, and where its key stands. */
  entries: ReadonlyMap<string, { key: Node; literal: Literal }>;
  /** Of a list. */
  items: readonly Literal[];
}

/** Deeper values are taken for code. */
const deepest = 32;

/** Reads a value that consists of literals alone; undefined when only running the code would tell it, or JSON has no such value. */
export function readLiteral(expression: Expression, depth = 0): Literal | undefined {
  const node = unwrapped(expression);
  if (depth > deepest) return undefined;
  switch (node.type) {
    case "StringLiteral":
    case "BooleanLiteral":
      return scalar(node, node.value);
    case "NullLiteral":
      return scalar(node, null);
    case "NumericLiteral":
      return number(node, node.value);
    case "UnaryExpression": {
      const { argument, operator } = node;
      if (argument.type !== "NumericLiteral" || (operator !== "-" && operator !== "+")) return undefined;
      return number(node, operator === "-" && argument.value !== 0 ? -argument.value : argument.value);
    }
    case "TemplateLiteral": {
      const text = node.quasis[0]?.value.cooked;
      return node.expressions.length > 0 || text == null ? undefined : scalar(node, text);
    }
    case "ArrayExpression":
      return list(node, node.elements, depth);
    case "ObjectExpression":
      return object(node, node.properties, depth);
    default:
      return undefined;
  }
}

const noEntries: Literal["entries"] = new Map();

function scalar(node: Expression, value: JsonValue): Literal {
  return { value, node, entries: noEntries, items: [] };
}

function number(node: Expression, value: number): Literal | undefined {
  return Number.isFinite(value) ? scalar(node, value) : undefined;
}

function list(node: Expression, elements: readonly (Node | null)[], depth: number): Literal | undefined {
  const items: Literal[] = [];
  for (const element of elements) {
    if (element === null || element.type === "SpreadElement" || !isExpression(element)) return undefined;
    const item = readLiteral(element, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return { value: items.map(({ value }) => value), node, entries: noEntries, items };
}

function object(node: Expression, properties: readonly Node[], depth: number): Literal | undefined {
  const entries = new Map<string, { key: Node; literal: Literal }>();
  for (const property of properties) {
    if (property.type !== "ObjectProperty" || property.computed || !isExpression(property.value)) return undefined;
    const name = keyOf(property);
    const literal = readLiteral(property.value, depth + 1);
    if (name === null || literal === undefined) return undefined;
    entries.set(name, { key: property.key, literal });
  }
  const value: JsonMap = Object.fromEntries([...entries].map(([name, { literal }]) => [name, literal.value]));
  return { value, node, entries, items: [] };
}

/** The name of a property that is written out; null for a computed one. */
export function keyOf({ key, computed }: ObjectProperty): string | null {
  if (key.type === "Identifier" && !computed) return key.name;
  return key.type === "StringLiteral" || key.type === "NumericLiteral" ? String(key.value) : null;
}

function isExpression(node: Node): node is Expression {
  return !node.type.endsWith("Pattern") && node.type !== "RestElement" && node.type !== "VoidPattern";
}
