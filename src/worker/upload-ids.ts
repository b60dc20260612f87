import { createUploadIds, type UploadIds } from "../domain/oci/upload-id.ts";

let known: { secret: string; ids: UploadIds } | null = null;

/** Makes and checks the ids of upload sessions. Where no secret is set, anyone could make one: only who may push can use it. */
export function uploadIdsOf(env: Env): UploadIds {
  const secret = env.CALLSHEET_SIGNING_KEY || env.CALLSHEET_ADMIN_TOKEN || "no secret";
  if (known?.secret !== secret) known = { secret, ids: createUploadIds(secret) };
  return known.ids;
}
