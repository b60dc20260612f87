import type { Expression } from "../syntax/expression.ts";
import type { PythonClass, PythonModule } from "../syntax/python-module.ts";
import { findMeaning } from "./find-meaning.ts";

/** A class with those of the file that it is made from, and the dotted paths of the others. */
export interface Lineage {
  /** What is inherited comes first. */
  classes: readonly PythonClass[];
  outside: readonly string[];
}

/** What a class inherits from, each once, however deep and in whatever loops the file has it. */
export function findLineage(module: PythonModule, pythonClass: PythonClass): Lineage {
  const seen = new Set<PythonClass>();
  const outside: string[] = [];
  const waiting = [pythonClass];
  for (let next = waiting.pop(); next !== undefined && seen.size < mostAncestors; next = waiting.pop()) {
    if (seen.has(next)) continue;
    seen.add(next);
    for (const base of next.bases) {
      const meaning = findMeaning(module, withoutParameters(base));
      if (meaning?.type === "class") waiting.push(meaning.pythonClass);
      else outside.push(meaning?.type === "outside" ? meaning.path : "");
    }
  }
  return { classes: [...seen].reverse(), outside };
}

/** Far more than anyone writes. */
const mostAncestors = 64;

/** `Generic[T]` is Generic. */
function withoutParameters(base: Expression): Expression {
  return base.type === "subscript" ? base.object : base;
}
