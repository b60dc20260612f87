import { ociDigest } from "../../contract/oci/digest.ts";
import type { OciFailure } from "../../contract/oci/failure.ts";

/** Says what a digest looks like, to who sent something else. */
export function digestInvalid(sent: string): OciFailure {
  const why = ociDigest.safeParse(sent).error?.issues[0]?.message ?? "a digest is malformed";
  return { code: "DIGEST_INVALID", message: `${sent.slice(0, 150)} names no content: ${why}` };
}
