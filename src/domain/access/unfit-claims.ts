import { matchesName } from "./matches-name.ts";

/** A claim of a signed identity that is not as a trusted publisher's must be; `found` is null where the identity has no such text, number or boolean. */
export interface UnfitClaim {
  claim: string;
  expected: string;
  found: string | null;
}

/** What of an identity does not fit a publisher; nothing: it is that publisher's. */
export function unfitClaims(patterns: Readonly<Record<string, string>>, claims: object): UnfitClaim[] {
  return Object.entries(patterns).flatMap(([claim, expected]) => {
    const found = claimText(claims, claim);
    return found !== null && matchesName([expected], found) ? [] : [{ claim, expected, found }];
  });
}

/** A claim as text; null where there is none, or it is a list or a map. */
export function claimText(claims: object, claim: string): string | null {
  const value: unknown = Object.getOwnPropertyDescriptor(claims, claim)?.value;
  return ["string", "number", "boolean"].includes(typeof value) ? String(value) : null;
}
