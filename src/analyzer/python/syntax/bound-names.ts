import type { SyntaxNode } from "@lezer/common";
import { childrenOf, innerOf } from "./tree-nodes.ts";

/**
 * The names that a node itself binds, as nodes; what it contains beyond its targets binds for itself. Imports are not told
 * (read-import.ts).
 */
export function boundNames(node: SyntaxNode): SyntaxNode[] {
  switch (node.name) {
    case "AssignStatement":
    case "UpdateStatement":
      return targetsOf(beforeLastOperator(node));
    case "NamedExpression":
      return targetsOf(childrenOf(node).slice(0, 1));
    case "ForStatement":
    case "ComprehensionExpression":
    case "ArrayComprehensionExpression":
    case "DictionaryComprehensionExpression":
    case "SetComprehensionExpression":
    case "ArgList":
      return targetsOf(between(node, "for", "in"));
    case "WithStatement":
    case "TryStatement":
    case "AsPattern":
      return after(node, "as");
    case "FunctionDefinition":
    case "ClassDefinition":
    case "TypeDefinition":
    case "CapturePattern":
    case "TypeParam":
      return childrenOf(node).filter(isName).slice(0, 1);
    case "ParamList":
      return parameterNames(node);
    default:
      return [];
  }
}

/** The names of a target: `a`, `(a, *b)`, `[a, b]`; not those of `a.b` or `a[b]`, which bind nothing. */
function targetsOf(nodes: readonly SyntaxNode[]): SyntaxNode[] {
  return nodes.flatMap((node) => {
    if (isName(node)) return [node];
    const isGroup = ["TupleExpression", "ArrayExpression", "ParenthesizedExpression"].includes(node.name);
    return isGroup ? targetsOf(innerOf(node)) : [];
  });
}

function isName(node: SyntaxNode): boolean {
  return node.name === "VariableName";
}

function beforeLastOperator(node: SyntaxNode): SyntaxNode[] {
  const children = childrenOf(node);
  const last = children.findLastIndex((child) => child.name === "AssignOp" || child.name === "UpdateOp");
  // `x: int` alone declares a name and binds none.
  return last < 0 ? [] : children.slice(0, last);
}

/** All that stands between one mark and the next of another kind, each time. */
function between(node: SyntaxNode, start: string, end: string): SyntaxNode[] {
  let isInside = false;
  return childrenOf(node).filter((child) => {
    if (child.name === start) isInside = true;
    else if (child.name === end) isInside = false;
    return isInside;
  });
}

/** What directly follows each such mark, when it is a name. */
function after(node: SyntaxNode, mark: string): SyntaxNode[] {
  const children = childrenOf(node);
  return children.filter((child, index) => isName(child) && children[index - 1]?.name === mark);
}

/** A default is an expression of its own: only what follows a comma or a star is a name. */
function parameterNames(node: SyntaxNode): SyntaxNode[] {
  const children = childrenOf(node);
  return children.filter((child, index) => {
    const before = children[index - 1]?.name;
    return isName(child) && (before === undefined || ["(", ",", "*", "**"].includes(before));
  });
}
