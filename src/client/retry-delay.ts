/** The longest that one wait between tries may take; a registry that asks for more gets no further try. */
export const maxRetryDelayMs = 10_000;

const firstDelayMs = 250;

/** How long to wait before try number `nextTry` (2, 3, …), or null when the registry asks for more than a caller should wait. */
export function retryDelay(nextTry: number, retryAfterSeconds: number | null): number | null {
  if (retryAfterSeconds === null) return firstDelayMs * 2 ** (nextTry - 2);
  const delayMs = retryAfterSeconds * 1000;
  return delayMs > maxRetryDelayMs ? null : delayMs;
}

/** Reads `Retry-After`: seconds, or a date (RFC 9110 section 10.2.3). Null when absent or neither. */
export function readRetryAfter(header: string | null, nowMs: number): number | null {
  if (header === null) return null;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header);
  // Date.parse takes much that is no HTTP date, "-1" for one.
  const at = / GMT$/.test(header) ? Date.parse(header) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, (at - nowMs) / 1000);
}
