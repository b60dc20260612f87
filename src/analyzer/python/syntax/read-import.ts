import type { SyntaxNode } from "@lezer/common";
import type { Span } from "../../finding.ts";
import { childrenOf, groupsOf, textOf } from "./tree-nodes.ts";

/** One name of an import statement. */
export interface ImportedName {
  /** Module that is imported, or imported from; starts with dots when relative. */
  module: string;
  /** Of that module; null for `import module`; `*` for all. */
  name: string | null;
  /** What the file calls it: the first component for `import a.b`; null for `*`. */
  bound: string | null;
  /** Whether `bound` stands for the module as a whole, not for its first component. */
  isWhole: boolean;
  moduleSpan: Span;
  nameSpan: Span;
}

/** What an import statement imports, name by name. */
export function readImport(code: string, statement: SyntaxNode): ImportedName[] {
  const children = childrenOf(statement);
  const start = children.findIndex((child) => child.name === "import");
  const listed = children.slice(start + 1).filter((child) => child.name !== "(" && child.name !== ")");
  const isFrom = children[0]?.name === "from";
  const origin = isFrom ? dotted(code, children.slice(1, start)) : null;
  return groupsOf(listed).flatMap((group): ImportedName[] => {
    const as = group.findIndex((child) => child.name === "as");
    const path = dotted(code, as < 0 ? group : group.slice(0, as));
    const aliasNode = as < 0 ? undefined : group[as + 1];
    if (path === null) return [];
    const alias = aliasNode === undefined ? null : textOf(code, aliasNode);
    if (origin !== null) {
      const bound = path.text === "*" ? null : (alias ?? path.text);
      return [
        { module: origin.text, name: path.text, bound, isWhole: true, moduleSpan: origin.span, nameSpan: path.span },
      ];
    }
    const bound = alias ?? path.text.split(".")[0] ?? path.text;
    const isWhole = alias !== null || !path.text.includes(".");
    return [{ module: path.text, name: null, bound, isWhole, moduleSpan: path.span, nameSpan: path.span }];
  });
}

/** `a . b` as `a.b`, with where it stands. */
function dotted(code: string, nodes: readonly SyntaxNode[]): { text: string; span: Span } | null {
  const first = nodes[0];
  const last = nodes.at(-1);
  if (first === undefined || last === undefined) return null;
  return { text: nodes.map((node) => textOf(code, node)).join(""), span: { from: first.from, to: last.to } };
}
