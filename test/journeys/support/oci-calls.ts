import { createHash } from "node:crypto";

/** A registry that OCI requests are sent to; without a token they carry no credentials. */
export interface OciTarget {
  url: string;
  adminToken?: string;
}

export const imageManifestType = "application/vnd.oci.image.manifest.v1+json";

/** The sha256 digest of bytes. */
export function digestOf(bytes: string | Uint8Array): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}

/** One request under `/v2/`, sent once, with the credentials that `oras login` would send. */
export function askOci(target: OciTarget, path: string, init: RequestInit = {}): Promise<Response> {
  const headers = new Headers(init.headers);
  if (target.adminToken !== undefined)
    headers.set("authorization", `Basic ${Buffer.from(`anyone:${target.adminToken}`).toString("base64")}`);
  return fetch(new URL(path, target.url), { redirect: "manual", ...init, headers });
}

/** Pushes a blob in two requests, as oras does; answers its digest. */
export async function pushBlob(target: OciTarget, repository: string, bytes: string | Uint8Array): Promise<string> {
  const digest = digestOf(bytes);
  const opened = await expectStatus(await askOci(target, `/v2/${repository}/blobs/uploads/`, { method: "POST" }), 202);
  const location = new URL(opened.headers.get("location") ?? "", target.url);
  location.searchParams.set("digest", digest);
  const put = askOci(target, location.pathname + location.search, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream" },
    body: new Uint8Array(Buffer.from(bytes)),
  });
  await expectStatus(await put, 201);
  return digest;
}

/** What a manifest says of one of its layers. */
export interface Layer {
  digest: string;
  size: number;
  mediaType?: string;
  annotations?: Record<string, string>;
}

/** A manifest of an artifact with these layers. */
export function manifestOf(layers: Layer[], more: Record<string, unknown> = {}): string {
  return JSON.stringify({
    schemaVersion: 2,
    mediaType: imageManifestType,
    artifactType: "application/vnd.callsheet.test",
    config: { mediaType: "application/vnd.oci.empty.v1+json", digest: digestOf("{}"), size: 2 },
    layers: layers.map((one) => ({ mediaType: "application/octet-stream", ...one })),
    ...more,
  });
}

/** Pushes an artifact of one layer under a tag; answers the digests of its parts. */
export async function pushArtifact(
  target: OciTarget,
  repository: string,
  tag: string,
  content: string,
): Promise<{ manifest: string; blob: string }> {
  await pushBlob(target, repository, "{}");
  const blob = await pushBlob(target, repository, content);
  const manifest = manifestOf([{ digest: blob, size: Buffer.byteLength(content) }]);
  await expectStatus(await putManifest(target, repository, tag, manifest), 201);
  return { manifest: digestOf(manifest), blob };
}

/** Puts a manifest under a tag or its digest. */
export function putManifest(target: OciTarget, repository: string, reference: string, body: string): Promise<Response> {
  return askOci(target, `/v2/${repository}/manifests/${reference}`, {
    method: "PUT",
    headers: { "content-type": imageManifestType },
    body,
  });
}

/** The same response, when it has this status; else fails with what it says. */
export async function expectStatus(response: Response, status: number): Promise<Response> {
  if (response.status === status) return response;
  throw new Error(`${response.url} was answered ${response.status}, not ${status}: ${await response.text()}`);
}
