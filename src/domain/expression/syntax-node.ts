/** What a constant of an expression can be. An integer is a bigint, so that 1 and 1.0 stay different. */
export type Constant = null | boolean | bigint | number | string;

/** The loops of CEL: macros that walk a list, or the keys of a map. */
export const loopNames = ["all", "exists", "exists_one", "map", "filter"] as const;
export type LoopName = (typeof loopNames)[number];

/** One part of an expression. `at`: where it stands, as an offset in the expression's text. */
export type SyntaxNode =
  | { kind: "constant"; value: Constant; at: number }
  /** `isAbsolute`: written `.name`, which no variable of a loop hides. */
  | { kind: "name"; name: string; isAbsolute: boolean; at: number }
  | { kind: "select"; of: SyntaxNode; key: string; at: number }
  | { kind: "has"; of: SyntaxNode; key: string; at: number }
  | { kind: "index"; of: SyntaxNode; index: SyntaxNode; at: number }
  /** `a.f(b)` has `a` as its target. */
  | { kind: "call"; name: string; target: SyntaxNode | null; args: SyntaxNode[]; at: number }
  | { kind: "and" | "or"; left: SyntaxNode; right: SyntaxNode; at: number }
  | { kind: "choice"; condition: SyntaxNode; yes: SyntaxNode; no: SyntaxNode; at: number }
  | { kind: "list"; items: SyntaxNode[]; at: number }
  | { kind: "map"; entries: [SyntaxNode, SyntaxNode][]; at: number }
  /** `only`: which items count; `each`: what an item becomes. Neither is there without the other's need for it. */
  | {
      kind: "loop";
      loop: LoopName;
      over: SyntaxNode;
      variable: string;
      only: SyntaxNode | null;
      each: SyntaxNode | null;
      at: number;
    };

/** The parts that a part is made of. */
export function partsOf(node: SyntaxNode): SyntaxNode[] {
  switch (node.kind) {
    case "constant":
    case "name":
      return [];
    case "select":
    case "has":
      return [node.of];
    case "index":
      return [node.of, node.index];
    case "call":
      return node.target === null ? node.args : [node.target, ...node.args];
    case "and":
    case "or":
      return [node.left, node.right];
    case "choice":
      return [node.condition, node.yes, node.no];
    case "list":
      return node.items;
    case "map":
      return node.entries.flat();
    case "loop":
      return [node.over, ...(node.only === null ? [] : [node.only]), ...(node.each === null ? [] : [node.each])];
  }
}

/** `a.b["c"][0]` as its names, when it starts with a name and no index is computed; else null. */
export function pathOf(node: SyntaxNode): { root: SyntaxNode & { kind: "name" }; path: string[] } | null {
  const tokens: string[] = [];
  let part = node;
  while (part.kind !== "name") {
    if (part.kind === "select") tokens.unshift(part.key);
    else if (part.kind === "index") {
      const token = constantToken(part.index);
      if (token === null) return null;
      tokens.unshift(token);
    } else return null;
    part = part.of;
  }
  return { root: part, path: [part.name, ...tokens] };
}

function constantToken(index: SyntaxNode): string | null {
  if (index.kind !== "constant") return null;
  return typeof index.value === "string" || typeof index.value === "bigint" ? String(index.value) : null;
}
