import type { Failure } from "../../contract/failure.ts";
import type { Signer } from "../../domain/file/signer.ts";
import { type Result, success } from "../../domain/result.ts";
import { findFile } from "./find-file.ts";

/** For how long an address is good when nobody says. */
const defaultSeconds = 3600;

/** Makes an address (a path and a query) that gives a file to whoever has it, for a while. */
export async function signFile(
  needs: { db: D1Database; blobs: R2Bucket; signer: Signer; now: () => Date },
  digest: string,
  seconds: number | null,
): Promise<Result<{ address: string; expiresAt: Date }, Failure>> {
  const file = await findFile(needs, digest);
  if (!file.ok) return file;
  // A signature carries whole seconds.
  const expiresAt = new Date((Math.floor(needs.now().getTime() / 1000) + (seconds ?? defaultSeconds)) * 1000);
  return success({ address: `/v1/files/${digest}${needs.signer.sign("file", digest, expiresAt)}`, expiresAt });
}
