import type { SyntaxNode } from "@lezer/common";
import type { Expression } from "./expression.ts";
import { readNumber, readString } from "./read-literal.ts";
import { childrenOf, groupsOf, innerOf, textOf } from "./tree-nodes.ts";

/** A node as an expression; what annotations, defaults and decorators have no need of is `other`. */
export function readExpression(code: string, node: SyntaxNode): Expression {
  const span = { from: node.from, to: node.to };
  const text = textOf(code, node);
  const read = (child: SyntaxNode) => readExpression(code, child);
  switch (node.name) {
    case "VariableName":
      return { ...span, type: "name", name: text };
    case "Number":
      return { ...span, type: "number", text, ...readNumber(text) };
    case "String":
      return { ...span, type: "string", ...readString(text) };
    case "FormatString":
      return { ...span, type: "string", value: null, isBytes: false };
    case "ContinuedString": {
      const parts = childrenOf(node).map((part) => readString(textOf(code, part)));
      const value = parts.some((part) => part.value === null) ? null : parts.map((part) => part.value).join("");
      return { ...span, type: "string", value, isBytes: parts.some((part) => part.isBytes) };
    }
    case "Boolean":
      return { ...span, type: "constant", value: text === "True" };
    case "None":
      return { ...span, type: "constant", value: null };
    case "Ellipsis":
      return { ...span, type: "ellipsis" };
    case "ParenthesizedExpression": {
      const [inner, ...rest] = innerOf(node);
      return inner === undefined || rest.length > 0 ? { ...span, type: "other", text } : read(inner);
    }
    case "TupleExpression":
    case "ArrayExpression":
    case "SetExpression":
      return {
        ...span,
        type: collections[node.name],
        items: groupsOf(innerOf(node)).map((group) => readGroup(code, group)),
      };
    case "DictionaryExpression":
      return { ...span, type: "dict", entries: groupsOf(innerOf(node)).flatMap((group) => readEntry(code, group)) };
    case "MemberExpression":
      return readMember(code, node);
    case "CallExpression":
      return readCall(code, node);
    case "UnaryExpression": {
      const [operator, operand] = childrenOf(node);
      const sign = operator === undefined ? "" : textOf(code, operator);
      if (operand === undefined || !isUnary(sign)) break;
      return { ...span, type: "unary", operator: sign, operand: read(operand) };
    }
    case "BinaryExpression": {
      const parts = childrenOf(node);
      const left = parts[0];
      const right = parts.at(-1);
      if (left === undefined || right === undefined || parts.length < 3) break;
      const operator = parts
        .slice(1, -1)
        .map((part) => textOf(code, part))
        .join(" ");
      return { ...span, type: "binary", operator, left: read(left), right: read(right) };
    }
  }
  return { ...span, type: "other", text };
}

/** Expressions with commas between them: one is itself, several are a tuple. Null when there is none. */
export function readExpressionList(code: string, nodes: readonly SyntaxNode[]): Expression | null {
  const groups = groupsOf(nodes);
  const first = nodes[0];
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) return null;
  const only = groups.length === 1 && last.name !== "," ? groups[0] : undefined;
  if (only !== undefined) return readGroup(code, only);
  return { from: first.from, to: last.to, type: "tuple", items: groups.map((group) => readGroup(code, group)) };
}

const collections = { TupleExpression: "tuple", ArrayExpression: "list", SetExpression: "set" } as const;

function isUnary(sign: string): sign is "-" | "+" | "~" | "not" {
  return sign === "-" || sign === "+" || sign === "~" || sign === "not";
}

/** One node is itself; with a star, a slice or the like beside it, it is `other`. */
function readGroup(code: string, group: readonly SyntaxNode[]): Expression {
  const [first] = group;
  const last = group.at(-1);
  if (first === undefined || last === undefined) return { from: 0, to: 0, type: "other", text: "" };
  if (group.length === 1 && first.name !== ":") return readExpression(code, first);
  return { from: first.from, to: last.to, type: "other", text: code.slice(first.from, last.to) };
}

function readEntry(code: string, group: readonly SyntaxNode[]): { key: Expression | null; value: Expression }[] {
  const [first, second, third] = group;
  if (first?.name === "**" && second !== undefined) return [{ key: null, value: readExpression(code, second) }];
  if (first === undefined || second?.name !== ":" || third === undefined) return [];
  return [{ key: readExpression(code, first), value: readExpression(code, third) }];
}

function readMember(code: string, node: SyntaxNode): Expression {
  const [object, mark, ...rest] = childrenOf(node);
  const span = { from: node.from, to: node.to };
  const attribute = rest[0];
  if (object !== undefined && mark?.name === "." && attribute !== undefined) {
    return { ...span, type: "attribute", object: readExpression(code, object), attribute: textOf(code, attribute) };
  }
  const index = mark?.name === "[" ? readExpressionList(code, rest.slice(0, -1)) : null;
  if (object === undefined || index === null) return { ...span, type: "other", text: textOf(code, node) };
  return { ...span, type: "subscript", object: readExpression(code, object), index };
}

function readCall(code: string, node: SyntaxNode): Expression {
  const [callee, list] = childrenOf(node);
  const span = { from: node.from, to: node.to };
  if (callee === undefined || list === undefined) return { ...span, type: "other", text: textOf(code, node) };
  return { ...span, type: "call", callee: readExpression(code, callee), ...readArguments(code, list) };
}

type Arguments = Pick<Extract<Expression, { type: "call" }>, "args" | "keywords">;

/** What stands between the parentheses of a call or of a class's bases. */
export function readArguments(code: string, list: SyntaxNode): Arguments {
  const args: Expression[] = [];
  const keywords: Arguments["keywords"] = [];
  for (const group of groupsOf(innerOf(list))) {
    const [first, second, third] = group;
    if (first?.name === "**" && second !== undefined) {
      keywords.push({ name: null, value: readExpression(code, second) });
    } else if (first !== undefined && second !== undefined && textOf(code, second) === "=" && third !== undefined) {
      keywords.push({ name: textOf(code, first), value: readExpression(code, third) });
    } else args.push(readGroup(code, group));
  }
  return { args, keywords };
}
