import type { Tree } from "@lezer/common";
import type { Finding, Span } from "../../finding.ts";
import { findingOf } from "../finding-of.ts";
import { boundNames } from "../syntax/bound-names.ts";
import { readString } from "../syntax/read-literal.ts";
import type { Token } from "../syntax/scan-tokens.ts";
import type { SourceImport } from "./list-imports.ts";

/** What a name does that a function may not. */
const forbiddenNames: ReadonlyMap<string, string> = new Map([
  ["eval", "runs text as code"],
  ["exec", "runs text as code"],
  ["compile", "makes code of text"],
  ["__import__", "imports what analysis has not seen"],
  ["open", "reaches the files of the machine it runs on"],
  ["__builtins__", "holds what analysis refuses by name"],
  ["__loader__", "imports what analysis has not seen"],
]);

/** Members, and keys in quotes, that lead round the checks by name. */
const forbiddenMembers = new Set(["__builtins__", "__globals__", "__import__", "__subclasses__", "__loader__"]);

/**
 * Uses of built-in functions that are refused, as calls and as names, unless the file binds the name itself. `hidden` are names that
 * the tree does not show.
 */
export function findForbiddenNames(
  code: string,
  tree: Tree,
  imports: readonly SourceImport[],
  hidden: readonly Token[],
): Finding[] {
  const targets = new Set<number>();
  const bound = new Set(imports.flatMap((imported) => (imported.bound === null ? [] : [imported.bound])));
  const uses: (Span & { name: string })[] = hidden
    .filter(({ text }) => forbiddenNames.has(text))
    .map(({ from, to, text }) => ({ from, to, name: text }));
  const members: Span[] = [];
  const cursor = tree.cursor();
  do {
    const { from, to, name: type } = cursor;
    if (type === "PropertyName" || type === "String") {
      const text = type === "String" ? readString(code.slice(from, to)).value : asPython(code.slice(from, to));
      if (text !== null && forbiddenMembers.has(text)) members.push({ from, to });
    } else if (type === "VariableName") {
      const name = asPython(code.slice(from, to));
      if (forbiddenNames.has(name) && !targets.has(from)) uses.push({ from, to, name });
    } else if (binders.has(type)) {
      const node = cursor.node;
      for (const target of boundNames(node)) {
        targets.add(target.from);
        // A method is no name of the file.
        if (!isMethod(node)) bound.add(asPython(code.slice(target.from, target.to)));
      }
      if (type === "ArgList") for (const label of labelsOf(node)) targets.add(label);
    } else if (type === "KeywordPattern" || type === "ScopeStatement" || type === "ImportStatement") {
      for (let child = cursor.node.firstChild; child !== null; child = child.nextSibling) targets.add(child.from);
    }
  } while (cursor.next());
  return [
    ...uses.filter(({ name }) => !bound.has(name)).map((use) => forbidden(code, use)),
    ...members.map((span) => {
      const message = `${code.slice(span.from, span.to)} leads to what analysis refuses by name`;
      return findingOf("error", "imports", "forbidden_member", span, message, "do without it");
    }),
  ];
}

const binders = new Set([
  "AssignStatement",
  "UpdateStatement",
  "NamedExpression",
  "ForStatement",
  "ComprehensionExpression",
  "ArrayComprehensionExpression",
  "DictionaryComprehensionExpression",
  "SetComprehensionExpression",
  "ArgList",
  "WithStatement",
  "TryStatement",
  "AsPattern",
  "FunctionDefinition",
  "ClassDefinition",
  "TypeDefinition",
  "CapturePattern",
  "TypeParam",
  "ParamList",
]);

/** Names are compared in NFKC: full-width letters spell the same name (Python reference, 2.3). */
function asPython(name: string): string {
  return name.normalize("NFKC");
}

function forbidden(code: string, { from, to, name }: Span & { name: string }): Finding {
  const isCall = /^\s*\(/.test(code.slice(to, to + 20));
  const shown = isCall ? `${name}()` : name;
  const message = `${shown} may not be used: it ${forbiddenNames.get(name) ?? ""}`;
  const suggestion =
    name === "open"
      ? "take the file as a parameter (annotate it bytes or pathlib.Path), and return what it makes"
      : "write what it should do as code of this file";
  return findingOf("error", "imports", "forbidden_call", { from, to }, message, suggestion);
}

function isMethod(node: { name: string; parent: Parent | null }): boolean {
  if (node.name !== "FunctionDefinition") return false;
  const holder = node.parent?.name === "DecoratedStatement" ? node.parent.parent : node.parent;
  return holder?.name === "Body" && holder.parent?.name === "ClassDefinition";
}

interface Parent {
  name: string;
  parent: Parent | null;
}

/** Offsets of the names that stand before a `=` in a call. */
function labelsOf(list: { firstChild: Sibling | null }): number[] {
  const labels: number[] = [];
  let before: Sibling | null = null;
  for (let child = list.firstChild; child !== null; child = child.nextSibling) {
    if (child.name === "AssignOp" && before !== null) labels.push(before.from);
    before = child;
  }
  return labels;
}

interface Sibling {
  name: string;
  from: number;
  nextSibling: Sibling | null;
}
