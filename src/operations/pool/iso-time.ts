/** A moment as the wire says it: RFC 3339, UTC. */
export function isoTime(ms: number): string {
  return new Date(ms).toISOString();
}
