import type { SyntaxNode, Tree } from "@lezer/common";
import { type ImportedName, readImport } from "../syntax/read-import.ts";
import { bodiesOf, choosesReaders } from "../syntax/top-statements.ts";
import { textOf } from "../syntax/tree-nodes.ts";

/** One imported name, wherever in the file it is imported. */
export interface SourceImport extends ImportedName {
  /** Offset of its statement. */
  at: number;
  /** Only type checkers read it. */
  isTypeOnly: boolean;
  /** The file goes on without it: it is tried, and what handles its absence does not raise; or it is for the main program alone. */
  isOptional: boolean;
}

/** Every import of the file: of its top level, of functions, of branches. */
export function listImports(code: string, tree: Tree): SourceImport[] {
  const found: SourceImport[] = [];
  const cursor = tree.cursor();
  do {
    if (cursor.name !== "ImportStatement") continue;
    const node = cursor.node;
    const around = surroundings(code, node);
    for (const imported of readImport(code, node)) found.push({ ...imported, at: node.from, ...around });
  } while (cursor.next());
  return found;
}

function surroundings(code: string, node: SyntaxNode): Pick<SourceImport, "isTypeOnly" | "isOptional"> {
  let isTypeOnly = false;
  let isOptional = false;
  for (let body = node.parent; body !== null; body = body.parent) {
    const statement = body.name === "Body" ? body.parent : null;
    if (statement?.name === "IfStatement") {
      const parts = bodiesOf(statement);
      const index = parts.findIndex((part) => part.body.from === body?.from);
      const readers = choosesReaders(code, parts[0]?.test ?? null, index);
      if (readers === "type checkers") isTypeOnly = true;
      if (readers === "main program") isOptional = true;
    } else if (statement?.name === "TryStatement" && mayBeAbsent(code, statement, body)) isOptional = true;
  }
  return { isTypeOnly, isOptional };
}

/** Whether a `try` lets an import fail: in its body with a handler that goes on, or in that handler itself. */
function mayBeAbsent(code: string, statement: SyntaxNode, body: SyntaxNode): boolean {
  const parts = bodiesOf(statement);
  const own = parts.find((part) => part.body.from === body.from);
  const handlers = parts.filter(({ intro, test }) => {
    return intro === "except" && (test === null || absence.test(textOf(code, test)));
  });
  if (own?.intro === "except") return handlers.includes(own);
  if (own?.intro !== "try") return false;
  return handlers.some((handler) => !/(^|[\s:;])raise\b/.test(textOf(code, handler.body)));
}

const absence = /\b(ImportError|ModuleNotFoundError|Exception|BaseException)\b/;
