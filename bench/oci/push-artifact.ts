import { createHash, randomBytes } from "node:crypto";

/** One of the registries that are compared, and how to write to it. */
export interface RegistrySide {
  name: string;
  url: string;
  headers: Record<string, string>;
}

/** What one layer's push leaves: where to read it again. */
export interface PushedArtifact {
  repository: string;
  manifestDigest: string;
  layerDigest: string;
}

const manifestType = "application/vnd.oci.image.manifest.v1+json";
const empty = { mediaType: "application/vnd.oci.empty.v1+json", digest: digestOf(Buffer.from("{}")), size: 2 };

/** Pushes one layer of random bytes as `oras push` does: asks for the blobs, sends what is not there, then the manifest under a tag. */
export async function pushArtifact(
  side: RegistrySide,
  repository: string,
  tag: string,
  layerBytes: number,
): Promise<PushedArtifact> {
  const layer = randomBytes(layerBytes);
  const layerDigest = digestOf(layer);
  await pushBlob(side, repository, empty.digest, Buffer.from("{}"));
  await pushBlob(side, repository, layerDigest, layer);
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestType,
      artifactType: "application/vnd.bench.v1",
      config: empty,
      layers: [{ mediaType: "application/octet-stream", digest: layerDigest, size: layerBytes }],
    }),
  );
  await ask(side, `/v2/${repository}/manifests/${tag}`, 201, {
    method: "PUT",
    headers: { "content-type": manifestType },
    body: manifest,
  });
  return { repository, manifestDigest: digestOf(manifest), layerDigest };
}

async function pushBlob(side: RegistrySide, repository: string, digest: string, bytes: Buffer): Promise<void> {
  const known = await fetch(`${side.url}/v2/${repository}/blobs/${digest}`, { method: "HEAD", headers: side.headers });
  if (known.status === 200) return;
  const session = await ask(side, `/v2/${repository}/blobs/uploads/`, 202, { method: "POST" });
  const location = new URL(session.headers.get("location") ?? "", side.url);
  location.searchParams.set("digest", digest);
  await ask(side, location.pathname + location.search, 201, {
    method: "PUT",
    headers: { "content-type": "application/octet-stream" },
    body: new Uint8Array(bytes),
  });
}

async function ask(
  side: RegistrySide,
  path: string,
  expected: number,
  init: { method: string; headers?: Record<string, string>; body?: Uint8Array<ArrayBuffer> | Buffer },
): Promise<Response> {
  const { body, ...rest } = init;
  const headers = { ...side.headers, ...rest.headers };
  const response = await fetch(side.url + path, {
    ...rest,
    headers,
    ...(body === undefined ? {} : { body: new Uint8Array(body) }),
  });
  const text = await response.text();
  if (response.status === expected) return response;
  throw new Error(`${side.name}: ${init.method} ${path} was answered ${response.status}: ${text.slice(0, 300)}`);
}

function digestOf(bytes: Buffer): string {
  return `sha256:${createHash("sha256").update(bytes).digest("hex")}`;
}
