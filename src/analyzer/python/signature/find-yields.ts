import type { Tree } from "@lezer/common";
import type { Span } from "../../finding.ts";
import type { Token } from "../syntax/scan-tokens.ts";

/** The first `yield` of each function that has one of its own, by where its `def` begins. */
export function findYields(tree: Tree, tokens: readonly Token[]): ReadonlyMap<number, Span> {
  const found = new Map<number, Span>();
  for (const token of tokens) {
    if (token.text !== "yield") continue;
    let node = tree.resolveInner(token.from, 1).parent;
    while (node !== null && node.name !== "FunctionDefinition" && node.name !== "LambdaExpression") node = node.parent;
    if (node?.name === "FunctionDefinition" && !found.has(node.from)) found.set(node.from, token);
  }
  return found;
}
