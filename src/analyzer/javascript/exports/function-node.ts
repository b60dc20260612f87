import type { ArrowFunctionExpression, FunctionDeclaration, FunctionExpression, Node } from "@babel/types";

/** A function as a module can export it. */
export type FunctionNode = FunctionDeclaration | FunctionExpression | ArrowFunctionExpression;

/** Whether a node is such a function. */
export function isFunctionNode(node: Node): node is FunctionNode {
  return (
    node.type === "FunctionDeclaration" || node.type === "FunctionExpression" || node.type === "ArrowFunctionExpression"
  );
}
