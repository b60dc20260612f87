import type { SignedFor } from "../../contract/http/route.ts";

/** Makes and checks signed addresses: a right to one thing, for a while, without a token. */
export interface Signer {
  /** The query (`?expires=…&signature=…`) that gives the right to `subject` (a digest, a run's id, an upload's id) until `expiresAt`. */
  sign(purpose: SignedFor, subject: string, expiresAt: Date): string;
  /** Whether `expires` and `signature`, as the query gave them, give that right at `now`. */
  isSigned(purpose: SignedFor, subject: string, given: { expires: string; signature: string }, now: Date): boolean;
}
