import type { SyntaxNode, Tree } from "@lezer/common";
import { childrenOf, textOf } from "./tree-nodes.ts";

/** A part of the module that may be left out: a branch of an `if`, a loop, an exception's handler, a case. */
export interface Branch {
  /** Where its statement begins: branches of one statement exclude each other, but loops and handlers. */
  statement: number;
  index: number;
  isExclusive: boolean;
}

/** A statement outside functions and classes. Compound ones come before what they contain. */
export interface TopStatement {
  node: SyntaxNode;
  decorators: SyntaxNode[];
  branches: readonly Branch[];
  /** Of the `try` statements whose body or `else` it is in, where they begin. */
  tries: readonly number[];
  /** Of the `try` statements whose handler it is in. */
  handles: readonly number[];
  /** Under `if TYPE_CHECKING:`: type checkers read it, Python does not. */
  isTypeOnly: boolean;
  /** Under `if __name__ == "__main__":`: it is not executed where the module is loaded. */
  isMainOnly: boolean;
}

/** Every statement of the module's own scope, in the order of the source. */
export function topStatements(code: string, tree: Tree): TopStatement[] {
  const found: TopStatement[] = [];
  const start = { branches: [], tries: [], handles: [], isTypeOnly: false, isMainOnly: false };
  visit(code, childrenOf(tree.topNode), start, found);
  return found;
}

type Around = Omit<TopStatement, "node" | "decorators">;

function visit(code: string, nodes: readonly SyntaxNode[], around: Around, found: TopStatement[]): void {
  for (const node of nodes) {
    if (node.name === "StatementGroup") visit(code, childrenOf(node), around, found);
    else if (node.name === "DecoratedStatement") {
      const parts = childrenOf(node);
      const definition = parts.find((part) => part.name === "FunctionDefinition" || part.name === "ClassDefinition");
      const decorators = parts.filter((part) => part.name === "Decorator");
      if (definition !== undefined) found.push({ ...around, node: definition, decorators });
    } else {
      found.push({ ...around, node, decorators: [] });
      if (node.name !== "FunctionDefinition" && node.name !== "ClassDefinition") visitBodies(code, node, around, found);
    }
  }
}

function visitBodies(code: string, node: SyntaxNode, around: Around, found: TopStatement[]): void {
  const statement = node.from;
  const parts = bodiesOf(node);
  const condition = parts[0]?.test ?? null;
  for (const [index, { intro, body }] of parts.entries()) {
    const branch = (isExclusive: boolean) => ({ branches: [...around.branches, { statement, index, isExclusive }] });
    let inside: Around = around;
    if (node.name === "IfStatement") {
      const readers = choosesReaders(code, condition, index);
      if (readers === "type checkers") inside = { ...around, isTypeOnly: true };
      else if (readers === "main program") inside = { ...around, ...branch(true), isMainOnly: true };
      else if (readers === null) inside = { ...around, ...branch(true) };
    } else if (node.name === "TryStatement" && intro === "except") {
      inside = { ...around, ...branch(false), handles: [...around.handles, statement] };
    } else if (node.name === "TryStatement" && intro !== "finally") {
      inside = { ...around, tries: [...around.tries, statement] };
    } else if (node.name === "ForStatement" || node.name === "WhileStatement") inside = { ...around, ...branch(false) };
    else if (node.name === "MatchStatement") inside = { ...around, ...branch(true) };
    visit(code, childrenOf(body), inside, found);
  }
}

/** The parts of a compound statement: the word before each, its test, its body. */
export function bodiesOf(node: SyntaxNode): { intro: string; test: SyntaxNode | null; body: SyntaxNode }[] {
  const found: { intro: string; test: SyntaxNode | null; body: SyntaxNode }[] = [];
  let intro = "";
  let test: SyntaxNode | null = null;
  for (const child of childrenOf(node)) {
    if (child.name === "Body") {
      found.push({ intro, test, body: child });
      test = null;
    } else if (child.name === "MatchBody") {
      for (const clause of childrenOf(child)) found.push(...bodiesOf(clause));
    } else if (
      ["if", "elif", "else", "try", "except", "finally", "case", "for", "while", "with"].includes(child.name)
    ) {
      intro = child.name;
    } else test ??= child;
  }
  return found;
}

/** Who reads a branch of an `if`, where its first condition, `test`, alone decides that before the module runs; else null. */
export function choosesReaders(
  code: string,
  test: SyntaxNode | null,
  index: number,
): "type checkers" | "main program" | "python" | null {
  const condition = test === null ? "" : textOf(code, test).replaceAll(/\s+/g, " ");
  if (isTypeChecking(condition)) return index === 0 ? "type checkers" : "python";
  if (condition.startsWith("not ") && isTypeChecking(condition.slice(4)))
    return index === 0 ? "python" : "type checkers";
  return index === 0 && /^__name__ == (["'])__main__\1$/.test(condition) ? "main program" : null;
}

function isTypeChecking(condition: string): boolean {
  return /^([A-Za-z_]\w*\.)?TYPE_CHECKING$/.test(condition);
}
