import type { SyntaxNode } from "@lezer/common";

/** A node's children in order, comments left out. */
export function childrenOf(node: SyntaxNode): SyntaxNode[] {
  const children: SyntaxNode[] = [];
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (child.name !== "Comment") children.push(child);
  }
  return children;
}

/** The children between commas; an empty group where two commas meet. */
export function groupsOf(children: readonly SyntaxNode[]): SyntaxNode[][] {
  const groups: SyntaxNode[][] = [[]];
  for (const child of children) {
    if (child.name === ",") groups.push([]);
    else groups.at(-1)?.push(child);
  }
  if (groups.at(-1)?.length === 0) groups.pop();
  return groups;
}

/** What stands between the brackets of a node. */
export function innerOf(node: SyntaxNode): SyntaxNode[] {
  return childrenOf(node).slice(1, -1);
}

export function textOf(code: string, node: SyntaxNode): string {
  return code.slice(node.from, node.to);
}

/** Where a statement ends, without the line ends that its node takes along. */
export function endOf(code: string, node: SyntaxNode): number {
  let end = node.to;
  while (end > node.from && /\s/.test(code[end - 1] ?? "")) end--;
  return end;
}
