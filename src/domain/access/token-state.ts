import type { AccessToken } from "../../contract/access/token.ts";

/** What ends a token's life. Times are as `Date.toISOString` writes them. */
export interface TokenLife {
  expires_at: string | null;
  revoked_at: string | null;
}

/** Whether a token is good at a time; what is revoked stays so, even after it would have expired. */
export function tokenState({ expires_at, revoked_at }: TokenLife, now: Date): AccessToken["state"] {
  if (revoked_at !== null) return "revoked";
  return expires_at !== null && Date.parse(expires_at) <= now.getTime() ? "expired" : "live";
}
