import type { SyntaxNode } from "@lezer/common";
import { boundNames } from "../syntax/bound-names.ts";
import { readExpression } from "../syntax/read-expression.ts";
import { readImport } from "../syntax/read-import.ts";
import type { TopStatement } from "../syntax/top-statements.ts";
import { childrenOf, textOf } from "../syntax/tree-nodes.ts";
import type { Binding, Bindings, Bound } from "./binding.ts";

/** What the module's own scope binds, statement by statement. */
export function collectBindings(code: string, statements: readonly TopStatement[]): Bindings {
  const bindings = new Map<string, Binding[]>();
  for (const statement of statements) {
    for (const binding of bindingsOf(code, statement)) {
      const known = bindings.get(binding.name);
      if (known === undefined) bindings.set(binding.name, [binding]);
      else known.push(binding);
    }
  }
  return bindings;
}

function bindingsOf(code: string, statement: TopStatement): Binding[] {
  const { node } = statement;
  if (node.name === "ImportStatement") return importBindings(code, statement);
  const made = (target: SyntaxNode, bound: Bound, since = node.to): Binding => {
    return { name: textOf(code, target), bound, since, span: { from: target.from, to: target.to }, statement };
  };
  // A compound statement's targets hold within it.
  const since = childrenOf(node).find((child) => child.name === "Body" || child.name === "MatchBody")?.from ?? node.to;
  const isDefinition = node.name === "FunctionDefinition" || node.name === "ClassDefinition";
  if (isDefinition)
    return boundNames(node).map((target) => made(target, { type: isFunction(node) ? "function" : "class" }));
  if (node.name === "DeleteStatement") {
    return childrenOf(node)
      .filter((child) => child.name === "VariableName")
      .map((target) => made(target, { type: "deleted" }));
  }
  const bound = assignedBy(code, node);
  const own = boundNames(node).map((target) => made(target, bound, since));
  const within = expressionNames(node).flatMap((inner) => boundNames(inner));
  return [...own, ...within.map((target) => made(target, { type: "other" }, since))];
}

function isFunction(node: SyntaxNode): boolean {
  return node.name === "FunctionDefinition";
}

/** `name = expression` and `type name = expression`, with one target. */
function assignedBy(code: string, node: SyntaxNode): Bound {
  const children = childrenOf(node);
  const last = children.at(-1);
  const isPlain =
    node.name === "AssignStatement" &&
    children[0]?.name === "VariableName" &&
    children.length === (children[1]?.name === "TypeDef" ? 4 : 3);
  const isAlias = node.name === "TypeDefinition";
  if (last === undefined || !(isPlain || isAlias)) return { type: "other" };
  return { type: "value", expression: readExpression(code, last) };
}

function importBindings(code: string, statement: TopStatement): Binding[] {
  return readImport(code, statement.node).flatMap(({ module, name, bound, isWhole, nameSpan }) => {
    if (bound === null) return [];
    const path = name === null ? (isWhole ? module : bound) : `${module}.${name}`;
    const isModule = name === null;
    const since = statement.node.to;
    return [{ name: bound, bound: { type: "import", path, isModule }, since, span: nameSpan, statement }];
  });
}

/** The `:=` and patterns of a statement itself: not those in bodies, functions and classes within, which are read by themselves. */
function expressionNames(statement: SyntaxNode): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  const cursor = statement.cursor();
  const isOwn = (name: string) => !["Body", "LambdaExpression", "FunctionDefinition", "ClassDefinition"].includes(name);
  if (!cursor.firstChild()) return found;
  for (let depth = 1; depth > 0; ) {
    if (binding.has(cursor.name)) found.push(cursor.node);
    if (isOwn(cursor.name) && cursor.firstChild()) {
      depth++;
      continue;
    }
    while (!cursor.nextSibling()) {
      depth--;
      if (depth === 0 || !cursor.parent()) return found;
    }
  }
  return found;
}

const binding = new Set(["NamedExpression", "CapturePattern", "AsPattern"]);
