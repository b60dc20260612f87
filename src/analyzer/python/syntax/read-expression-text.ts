import type { Expression } from "./expression.ts";
import { findTooDeep } from "./find-too-deep.ts";
import { parseTree } from "./parse-tree.ts";
import { readExpression } from "./read-expression.ts";
import { scanTokens } from "./scan-tokens.ts";

/**
 * A text as one expression, such as an annotation in quotes; null when it is none, or nested too deeply. Spans are as if it stood at
 * `offset` of the source.
 */
export function readExpressionText(text: string, offset: number): Expression | null {
  // Within parentheses it may have several lines; a comment must not swallow the closing one.
  const wrapped = `(${text}\n)`;
  const tokens = scanTokens(wrapped);
  if (findTooDeep(wrapped, tokens) !== null) return null;
  const tree = parseTree(wrapped, tokens);
  const cursor = tree.cursor();
  do {
    if (cursor.type.isError) return null;
  } while (cursor.next());
  const statement = tree.topNode.firstChild;
  const node = statement?.firstChild ?? null;
  // `a) + (b` has closed our parenthesis.
  const isWhole = node?.name === "ParenthesizedExpression" || node?.name === "TupleExpression";
  if (node === null || !isWhole || statement?.nextSibling !== null || node.to < wrapped.length) return null;
  const expression = readExpression(wrapped, node);
  if (node.name === "ParenthesizedExpression") return moved(expression, offset - 1);
  // The parentheses around a tuple's members are ours, and around nothing they make none.
  if (expression.type !== "tuple" || expression.items.length === 0) return null;
  return { ...moved(expression, offset - 1), from: offset, to: offset + text.length };
}

/** Every span, moved: `Expression` is plain data, whose own numbers are all spans but a number's value. */
function moved(expression: Expression, by: number): Expression {
  const span = { from: expression.from + by, to: expression.to + by };
  const all = (items: Expression[]) => items.map((item) => moved(item, by));
  switch (expression.type) {
    case "attribute":
      return { ...expression, ...span, object: moved(expression.object, by) };
    case "subscript":
      return { ...expression, ...span, object: moved(expression.object, by), index: moved(expression.index, by) };
    case "tuple":
    case "list":
    case "set":
      return { ...expression, ...span, items: all(expression.items) };
    case "dict":
      return {
        ...expression,
        ...span,
        entries: expression.entries.map(({ key, value }) => ({
          key: key === null ? null : moved(key, by),
          value: moved(value, by),
        })),
      };
    case "call":
      return {
        ...expression,
        ...span,
        callee: moved(expression.callee, by),
        args: all(expression.args),
        keywords: expression.keywords.map(({ name, value }) => ({ name, value: moved(value, by) })),
      };
    case "unary":
      return { ...expression, ...span, operand: moved(expression.operand, by) };
    case "binary":
      return { ...expression, ...span, left: moved(expression.left, by), right: moved(expression.right, by) };
    default:
      return { ...expression, ...span };
  }
}
