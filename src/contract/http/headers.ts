/** Headers of our own. */
export const headers = {
  /** The announcement up to which an answer is true. */
  seq: "Callsheet-Seq",
  /** Asks for an answer from a state at least this new. */
  minSeq: "Callsheet-Min-Seq",
  /** `true` on an answer whose freshness could not be checked. */
  stale: "Callsheet-Stale",
  /** Which tier answered a lookup: `memory`, `kv` or `d1`. */
  tier: "Callsheet-Tier",
  /** The exact version that a selector chose. */
  version: "Callsheet-Version",
  requestId: "X-Request-Id",
} as const;
