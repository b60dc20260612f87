import { childPointer } from "../../pointer.ts";
import { isRecord, sameJson } from "./json-equality.ts";

/** A place where two values differ. What is not there at all reads as null. */
export interface Difference {
  path: string;
  original: unknown;
  replayed: unknown;
}

/** Where two JSON values differ, as JSON Pointers of the smallest parts that do; at most `most`, in the order of the original. */
export function findDifferences(original: unknown, replayed: unknown, most: number): Difference[] {
  const found: Difference[] = [];
  compare(original, replayed, "", found, most);
  return found;
}

function compare(original: unknown, replayed: unknown, path: string, found: Difference[], most: number): void {
  if (found.length >= most) return;
  if (Array.isArray(original) && Array.isArray(replayed)) {
    const length = Math.max(original.length, replayed.length);
    for (let index = 0; index < length && found.length < most; index += 1)
      compare(original[index], replayed[index], childPointer(path, index), found, most);
  } else if (isRecord(original) && isRecord(replayed)) {
    for (const key of new Set([...Object.keys(original), ...Object.keys(replayed)]))
      compare(memberOf(original, key), memberOf(replayed, key), childPointer(path, key), found, most);
  } else if (!sameJson(original, replayed) || (original === undefined) !== (replayed === undefined)) {
    found.push({ path, original: original ?? null, replayed: replayed ?? null });
  }
}

function memberOf(map: Record<string, unknown>, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}
