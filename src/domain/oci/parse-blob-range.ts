import { type AskedRange, parseRange } from "../file/parse-range.ts";

/**
 * Reads the `Range` header of a request for a blob. As for files, but a range that ends before it begins lies outside: RFC 9110 lets a server
 * ignore it, and OCI's conformance suite wants it refused.
 */
export function parseBlobRange(header: string | null, sizeBytes: number): AskedRange {
  const [, first, last] = /^\s*bytes\s*=\s*(\d+)-(\d+)\s*$/i.exec(header ?? "") ?? [];
  if (first !== undefined && last !== undefined && Number(last) < Number(first)) return "outside";
  return parseRange(header, sizeBytes);
}
