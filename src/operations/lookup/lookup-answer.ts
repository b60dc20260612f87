import type { VersionEntry } from "../../contract/artifact/name-index.ts";

/** Which tier gave the last piece that an answer needed. */
export type Tier = "memory" | "kv" | "d1";

/** A resolved lookup, ready to send: kept in memory, shared by requests, never changed. */
export interface LookupAnswer {
  kind: string;
  name: string;
  entry: VersionEntry;
  /** The JSON of a `ResolvedArtifact`. */
  body: Uint8Array;
  /** Strong; the digest, and for a version that is no longer live also its state, which the body tells. */
  etag: string;
  /** Whether this reference can ever mean anything else: exact versions and digests that are live. */
  isImmutable: boolean;
}

/** How an answer came about. */
export interface Provenance {
  tier: Tier;
  /** The announcement up to which the answer is true. */
  seq: number;
  /** Null when freshness was proven; else how old the state may be, in seconds. */
  staleSeconds: number | null;
}
