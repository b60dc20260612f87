import type { Docstring } from "../../../contract/function/analysis.ts";
import { fieldName } from "../../../contract/template/field.ts";

/** The names that a docstring gives to what is returned, if it names just so many, each a legal name and none twice. */
export function documentedNames(docs: Docstring, count: number): string[] | null {
  if (docs.returns.length !== count) return null;
  const names = docs.returns.flatMap(({ name }) => (name === null ? [] : [name]));
  return names.length === count && areNames(names) ? names : null;
}

/** Whether all of these can name outputs beside each other. */
export function areNames(names: readonly string[]): boolean {
  return new Set(names).size === names.length && names.every((name) => fieldName.safeParse(name).success);
}

/** What a docstring says of one of several outputs: by its name, else by its place where all are told. */
export function documentedText(docs: Docstring, name: string, at: number, count: number): string | undefined {
  const named = docs.returns.find((one) => one.name === name);
  if (named !== undefined) return named.text;
  return docs.returns.length === count ? docs.returns[at]?.text : undefined;
}
