import type { Expression } from "../syntax/expression.ts";
import type { PythonClass, PythonModule } from "../syntax/python-module.ts";

/** What a name or a dotted name stands for where the module ends. */
export type Meaning =
  | { type: "class"; pythonClass: PythonClass }
  | { type: "assigned"; name: string; expression: Expression }
  /** Defined elsewhere: its full dotted path, `builtins.int`, `numpy.ndarray`. */
  | { type: "outside"; path: string };

/** What an expression that is a name or a dotted name stands for; null for anything else. */
export function findMeaning(module: PythonModule, expression: Expression): Meaning | null {
  const names = dottedNames(expression);
  if (names === null) return null;
  const [first = "", ...rest] = names;
  if (rest.length === 0) {
    const pythonClass = module.classes.get(first);
    if (pythonClass !== undefined) return { type: "class", pythonClass };
  }
  const imported = module.imported.get(first);
  if (imported !== undefined) return outside([imported, ...rest]);
  const assigned = module.assigned.get(first);
  if (assigned !== undefined && rest.length === 0) return { type: "assigned", name: first, expression: assigned };
  if (rest.length === 0) return outside([module.functions.some((one) => one.name === first) ? "" : "builtins", first]);
  return outside([customaryNames.get(first) ?? first, ...rest]);
}

/** The full dotted path of something that is not defined in the file; null for anything else. */
export function outsidePath(module: PythonModule, expression: Expression): string | null {
  const meaning = findMeaning(module, expression);
  return meaning?.type === "outside" ? meaning.path : null;
}

/** Names by which libraries are known without an import, as hints in strings use them: "cp.ndarray". */
const customaryNames: ReadonlyMap<string, string> = new Map([
  ["np", "numpy"],
  ["cp", "cupy"],
  ["tf", "tensorflow"],
  ["jnp", "jax.numpy"],
  ["cle", "pyclesperanto"],
]);

function dottedNames(expression: Expression): string[] | null {
  const attributes: string[] = [];
  let at = expression;
  while (at.type === "attribute") {
    attributes.push(at.attribute);
    at = at.object;
  }
  return at.type === "name" ? [at.name, ...attributes.reverse()] : null;
}

/** The decorator `torch` hides the library in a file that imports both by that name; a type can only mean the library. */
const decoratorModule = /^(?:callsheet\.memory|openhcs\.core\.memory(?:\.decorators)?)\./;

/** Modules that give a type under another name than its own. */
const otherHomes: readonly (readonly [RegExp, string])[] = [
  [decoratorModule, ""],
  [/^typing_extensions\./, "typing."],
  [/^collections\.abc\./, "typing."],
  [/^typing\.(List|Dict|Set|FrozenSet|Tuple|Type|Text)$/, "builtins."],
];

function outside(parts: readonly string[]): Meaning {
  let path = parts.join(".");
  for (const [home, own] of otherHomes) path = own === "builtins." ? ofBuiltins(path, home) : path.replace(home, own);
  return { type: "outside", path };
}

function ofBuiltins(path: string, home: RegExp): string {
  const name = home.exec(path)?.[1];
  if (name === undefined) return path;
  return name === "Text" ? "builtins.str" : `builtins.${name.toLowerCase()}`;
}
