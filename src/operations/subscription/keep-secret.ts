import type { Sealer } from "../../domain/access/sealer.ts";
import type { KeptSecret } from "../../domain/subscription/subscription-secrets.ts";
import { hintOf } from "./hook-signature.ts";

/** A secret as it is kept: sealed, so that a copy of D1 gives it to nobody. */
export async function keepSecret(sealer: Sealer, secret: string, now: Date): Promise<KeptSecret> {
  return { sealed: await sealer.seal(secret), hint: hintOf(secret), created_at: now.toISOString(), expires_at: null };
}
