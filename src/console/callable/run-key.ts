/** An Idempotency-Key: asking again under it after a broken connection makes no second run. */
export function newRunKey(): string {
  // `crypto.randomUUID` is there on secure origins only.
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
