import { didYouMean } from "../did-you-mean.ts";
import { childPointer } from "../pointer.ts";
import { type Finding, warningAt } from "../template/check-finding.ts";
import { quote } from "../template/value/show-value.ts";
import type { JsonMap } from "./json-value.ts";

/** Warnings of keys that nothing reads and that are nearly one that is read, in a map that may have any keys. */
export function similarKeys(map: JsonMap, known: readonly string[], path: string): Finding[] {
  const missing = known.filter((key) => !Object.hasOwn(map, key));
  return Object.keys(map).flatMap((key) => {
    // Marked as somebody's own: no slip of the pen.
    if (known.includes(key) || /^x-|[.:/]/i.test(key)) return [];
    const near = didYouMean(key, missing);
    if (near === null) return [];
    const message = `the key ${quote(key)} is kept, and nothing reads it`;
    return [warningAt("similar_key", childPointer(path, key), message, `did you mean ${near}?`, "key")];
  });
}
