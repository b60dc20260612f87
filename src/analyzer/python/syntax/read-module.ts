import type { Tree } from "@lezer/common";
import type { Binding, Bindings } from "../binding/binding.ts";
import { collectBindings } from "../binding/collect-bindings.ts";
import { reachingBindings } from "../binding/reaching-bindings.ts";
import type { Expression } from "./expression.ts";
import { parseTree } from "./parse-tree.ts";
import type { PythonClass, PythonFunction, PythonModule } from "./python-module.ts";
import { readClass } from "./read-class.ts";
import { readDocstringOf, readFunction } from "./read-function.ts";
import { type TopStatement, topStatements } from "./top-statements.ts";

/** A module, and what its parts were read from. */
export interface ModuleReading {
  module: PythonModule;
  tree: Tree;
  statements: TopStatement[];
  bindings: Bindings;
  /** Every definition of a top-level function, also those that a later one replaces. */
  definitions: Definition[];
}

/** A top-level function's definition, and where it stands. */
export interface Definition {
  fn: PythonFunction;
  statement: TopStatement;
}

/** What a source binds at its top level. Its line ends are \n. */
export function readModule(code: string): PythonModule {
  return readModuleTree(code, parseTree(code)).module;
}

/** What a source binds at its top level, from its tree. */
export function readModuleTree(code: string, tree: Tree): ModuleReading {
  const statements = topStatements(code, tree);
  const bindings = collectBindings(code, statements);
  const definitions: Definition[] = [];
  const classes = new Map<string, PythonClass>();
  for (const statement of statements) {
    const { node, decorators } = statement;
    if (node.name === "ClassDefinition") {
      const read = readClass(code, node, decorators);
      classes.set(read.name, read);
    } else if (node.name === "FunctionDefinition" && !statement.isTypeOnly && !statement.isMainOnly) {
      definitions.push({ fn: readFunction(code, node, decorators), statement });
    }
  }
  const last = new Map(definitions.map(({ fn }) => [fn.name, fn]));
  const functions = definitions.map(({ fn }) => fn).filter((fn) => last.get(fn.name) === fn);
  const docstring = readDocstringOf(code, tree.topNode);
  const module = { code, docstring, ...namesAtEnd(code, bindings), classes, functions };
  return { module, tree, statements, bindings, definitions };
}

/** What imports and assignments have bound where the module ends. */
function namesAtEnd(code: string, bindings: Bindings): Pick<PythonModule, "imported" | "assigned"> {
  const imported = new Map<string, string>();
  const assigned = new Map<string, Expression>();
  for (const [name, all] of bindings) {
    const reaching = reachingBindings(bindings, name, code.length, { branches: [], handles: [] });
    // What is imported for type checkers alone still says what an annotation means.
    const path = importedPath(reaching) ?? (reaching.length === 0 ? importedPath(all.toReversed()) : null);
    if (path !== null) imported.set(name, path);
    const value = reaching.find((binding) => binding.bound.type === "value")?.bound;
    if (value?.type === "value") assigned.set(name, value.expression);
  }
  return { imported, assigned };
}

function importedPath(latestFirst: readonly Binding[]): string | null {
  for (const { bound } of latestFirst) if (bound.type === "import") return bound.path;
  return null;
}
