import { manifestMediaTypes } from "../../contract/oci/manifest.ts";
import { pullScope } from "./fetch-manifest.ts";
import type { OciClient } from "./oci-client.ts";

const accepted = [...manifestMediaTypes.image, ...manifestMediaTypes.index].join(", ");

/** The digest of the manifest under a tag; null when there is none. */
export async function fetchDigest(client: OciClient, repository: string, tag: string): Promise<string | null> {
  const path = `/v2/${repository}/manifests/${tag}`;
  const scope = pullScope(repository);
  const response = await client.ask({ method: "HEAD", path, scope, headers: { accept: accepted }, takes: [404, 410] });
  return response.ok ? response.headers.get("docker-content-digest") : null;
}
