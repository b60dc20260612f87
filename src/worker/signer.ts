import { createSigner } from "../domain/file/create-signer.ts";
import type { Signer } from "../domain/file/signer.ts";

let known: { secret: string; signer: Signer } | null = null;

/** Signs addresses by CALLSHEET_SIGNING_KEY, else by a key made of the admin token. */
export function signerOf(env: Env): Signer {
  const secret = env.CALLSHEET_SIGNING_KEY || env.CALLSHEET_ADMIN_TOKEN || crypto.randomUUID();
  if (known?.secret !== secret) known = { secret, signer: createSigner(secret) };
  return known.signer;
}
