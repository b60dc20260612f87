import type { AccessScope } from "../../contract/access/scope.ts";
import type { RateClass } from "../../contract/access/token.ts";

/** Who asks. `name` goes into the history of what they change. */
export interface Caller {
  name: string;
  /** The access token that they came with; null for everyone who came without one. */
  tokenId: string | null;
  /** What they may do beside what is open to everyone. */
  scopes: readonly AccessScope[];
  /** Name patterns: which names they may do it to. */
  names: readonly string[];
  /** Null: not limited by a class. */
  rateClass: RateClass | null;
  /** When their right ends (RFC 3339); null: never, as far as the registry knows. */
  expiresAt: string | null;
}

/** Who came without a token. */
export const anonymous: Caller = {
  name: "anonymous",
  tokenId: null,
  scopes: [],
  names: ["*"],
  rateClass: null,
  expiresAt: null,
};

/** One of those whom the registry's own configuration names: they may do it to every name, and no class limits them. */
export function ownCaller(name: string, scopes: readonly AccessScope[]): Caller {
  return { ...anonymous, name, scopes };
}
