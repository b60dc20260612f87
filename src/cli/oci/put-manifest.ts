import { again } from "../../client/again.ts";
import { manifestMediaTypes } from "../../contract/oci/manifest.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import type { OciClient } from "./oci-client.ts";
import { pushScope } from "./push-blob.ts";

/** Puts a manifest under tags, all in one request; answers its digest. Putting it again changes nothing. */
export async function putManifest(
  client: OciClient,
  repository: string,
  [tag = "latest", ...others]: readonly string[],
  bytes: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const digest = digestOfBytes(bytes);
  const query =
    others.length === 0 ? "" : `?${new URLSearchParams(others.map((other): [string, string] => ["tag", other]))}`;
  const response = await again(() =>
    client.ask({
      method: "PUT",
      path: `/v2/${repository}/manifests/${tag}${query}`,
      scope: pushScope(repository),
      headers: { "content-type": manifestMediaTypes.image[0] },
      body: bytes,
      timeoutMs: 120_000,
    }),
  );
  await response.body?.cancel();
  const answered = response.headers.get("docker-content-digest");
  if (answered === null || answered === digest) return digest;
  throw new CommandRefusal(`${client.url} says that the manifest is ${answered}, not ${digest}`, exitCodes.unavailable);
}
