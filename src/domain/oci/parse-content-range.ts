/** Which bytes of an upload a chunk says it is. */
export interface ChunkRange {
  offset: number;
  sizeBytes: number;
}

/**
 * Reads the `Content-Range` of a chunk: `{first}-{last}` (OCI Distribution 1.1, "Pushing a blob in chunks"), or as RFC 9110 writes it, with
 * `bytes` before and a total behind. Null: the header is not there.
 */
export function parseContentRange(header: string | null): ChunkRange | "malformed" | null {
  if (header === null) return null;
  const [, first, last] = /^\s*(?:bytes\s*[ =]\s*)?(\d{1,15})-(\d{1,15})(?:\/(?:\d{1,15}|\*))?\s*$/i.exec(header) ?? [];
  const offset = Number(first);
  const sizeBytes = Number(last) - offset + 1;
  return sizeBytes > 0 ? { offset, sizeBytes } : "malformed";
}
