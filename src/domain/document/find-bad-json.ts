import { limits } from "../../contract/limits.ts";
import { childPointer } from "../pointer.ts";

/** Something in parsed JSON that no store or reader of ours could carry on; `path` is a JSON Pointer. */
export interface BadJson {
  path: string;
  why: string;
}

/** The first value that is nested too deep, or text that is no Unicode (half a surrogate pair); null when there is none. */
export function findBadJson(value: unknown, depth = 0): BadJson | null {
  if (typeof value === "string") return value.isWellFormed() ? null : { path: "", why: halfPair };
  if (typeof value !== "object" || value === null) return null;
  if (depth >= limits.documentDepth)
    return { path: "", why: `it is nested deeper than ${limits.documentDepth} levels` };
  // A list of a million items has no million keys put into memory.
  const members: Iterable<[string | number, unknown]> = Array.isArray(value) ? value.entries() : Object.entries(value);
  for (const [key, member] of members) {
    if (typeof key === "string" && !key.isWellFormed()) return { path: "", why: `in a key, ${halfPair}` };
    const found = findBadJson(member, depth + 1);
    // The pointer is put together on the way back: what is sound costs none.
    if (found !== null) return { path: `${childPointer("", key)}${found.path}`, why: found.why };
  }
  return null;
}

const halfPair = "it holds half of a surrogate pair, which is no character";
