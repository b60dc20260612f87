import { didYouMean } from "../did-you-mean.ts";
import { pathOf, type SyntaxNode } from "./syntax-node.ts";
import { isMapValue, type MapKey, NoValue, typeName, type Value } from "./value.ts";

/** Says which key is missing in what, and what is there instead. `of` is what was written, `value` what it gave. */
export function missingKey(of: SyntaxNode, value: Value, key: MapKey, at: number): NoValue {
  const name = writtenPath(of);
  if (!isMapValue(value)) return new NoValue(`${name} is ${typeName(value)}, which has no ${key}`, at);
  const keys = value.size > searchedKeys ? [] : value.keys().filter((known) => typeof known === "string");
  return new NoValue(`${name} has no ${key}${whatThereIs(String(key), keys, value.size)}`, at);
}

/** `; it has a and b, did you mean a?` */
export function whatThereIs(key: string, known: readonly string[], size = known.length): string {
  if (size === 0) return "; it is empty";
  const meant = didYouMean(key, known);
  if (meant !== null) return `; did you mean ${meant}?`;
  if (known.length === 0) return "";
  const shown = known.slice(0, shownKeys).map((name) => (name.length > 64 ? `${name.slice(0, 64)}…` : name));
  return `; it has ${shown.join(", ")}${size > shown.length ? ` and ${size - shown.length} more` : ""}`;
}

/** A part as its author wrote it, where it is a path; else `this`. */
export function writtenPath(node: SyntaxNode): string {
  const known = pathOf(node);
  return known === null ? "this" : known.path.join(".");
}

// A message is for people; and a map of the scope may have a million keys.
const shownKeys = 8;
const searchedKeys = 1000;
