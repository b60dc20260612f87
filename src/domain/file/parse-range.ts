/** The part of a file that a `Range` header asks for: a piece, all of it, or something outside. */
export type AskedRange = { offset: number; length: number } | "all" | "outside";

/**
 * Reads a `Range` header (RFC 9110 section 14.2) for a file of `sizeBytes`. Units that we do not know, what is not well-formed, and
 * several ranges at once are ignored, as the RFC allows: the answer is all of the file.
 */
export function parseRange(header: string | null, sizeBytes: number): AskedRange {
  const list = /^\s*bytes\s*=(.*)$/i.exec(header ?? "")?.[1];
  if (list === undefined) return "all";
  const ranges = list.split(",").map((range) => range.trim());
  const [only, ...others] = ranges.filter((range) => range !== "");
  const [, first = "", last = ""] = /^(\d*)-(\d*)$/.exec(others.length > 0 ? "" : (only ?? "")) ?? [];
  if (first === "") return last === "" ? "all" : suffixOf(Number(last), sizeBytes);
  const offset = Number(first);
  if (last !== "" && Number(last) < offset) return "all";
  if (offset >= sizeBytes) return "outside";
  const end = last === "" ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  return { offset, length: end - offset + 1 };
}

/** The last bytes; an empty file has none to give, and is given as it is. */
function suffixOf(wanted: number, sizeBytes: number): AskedRange {
  if (wanted === 0) return "outside";
  if (sizeBytes === 0) return "all";
  const length = Math.min(wanted, sizeBytes);
  return { offset: sizeBytes - length, length };
}
