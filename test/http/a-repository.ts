import { env } from "cloudflare:test";
import { expect } from "vitest";
import { hasBlob } from "../../src/bindings/r2/blob-store.ts";
import { emptyBlob, manifestMediaTypes } from "../../src/contract/oci/manifest.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { repositoriesOf } from "../../src/worker/repositories.ts";
import { bytesOf } from "./a-file.ts";
import { ask } from "./a-registry.ts";

/** What a collection works with, as the Worker wires it. */
export const collecting = { db: env.DB, blobs: env.BLOBS, repositories: repositoriesOf(env) };

let named = 0;

/** A repository that no other test has. */
export function aRepository(word: string): string {
  named += 1;
  return `${word}/of-${named}`;
}

/** Bytes that no other test of the file has, as a blob. */
export interface ABlob {
  digest: string;
  bytes: Uint8Array<ArrayBuffer>;
}

export function aBlob(text: string): ABlob {
  const bytes = bytesOf(`${text} ${crypto.randomUUID()}`);
  return { bytes, digest: digestOfBytes(bytes) };
}

export const emptyConfig: ABlob = { digest: emptyBlob.digest, bytes: bytesOf("{}") };

/** A manifest of these layers. */
export function aManifest(layers: readonly ABlob[], parts: Record<string, unknown> = {}): ABlob {
  const descriptor = ({ digest, bytes }: ABlob, mediaType: string) => ({ mediaType, digest, size: bytes.byteLength });
  const bytes = bytesOf(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: manifestMediaTypes.image[0],
      artifactType: "application/vnd.test",
      config: descriptor(emptyConfig, emptyBlob.mediaType),
      layers: layers.map((layer) => descriptor(layer, "application/octet-stream")),
      ...parts,
    }),
  );
  return { bytes, digest: digestOfBytes(bytes) };
}

/** Sends a blob as `oras` does: is it there already? Else a session and one PUT. Answers the last status. */
export async function sendBlob(repository: string, blob: ABlob): Promise<number> {
  const asked = await ask("HEAD", `/v2/${repository}/blobs/${blob.digest}`);
  return asked.status === 200 ? 200 : putBlob(repository, blob);
}

/** Sends a blob without asking. */
export async function putBlob(repository: string, { digest, bytes }: ABlob): Promise<number> {
  const begun = await ask("POST", `/v2/${repository}/blobs/uploads/`);
  await begun.body?.cancel();
  if (begun.status !== 202) return begun.status;
  const location = begun.headers.get("location") ?? "";
  const put = await ask("PUT", `${location}${location.includes("?") ? "&" : "?"}digest=${digest}`, {
    body: bytes,
    type: "application/octet-stream",
  });
  await put.body?.cancel();
  return put.status;
}

export async function putManifest(repository: string, reference: string, { bytes }: ABlob): Promise<number> {
  const put = await ask("PUT", `/v2/${repository}/manifests/${reference}`, {
    body: bytes,
    type: manifestMediaTypes.image[0],
  });
  await put.body?.cancel();
  return put.status;
}

/** Pushes an artifact of these layers, and takes for granted that it works. */
export async function push(repository: string, tag: string, layers: readonly ABlob[]): Promise<ABlob> {
  for (const blob of [...layers, emptyConfig]) expect([200, 201]).toContain(await sendBlob(repository, blob));
  const manifest = aManifest(layers);
  expect(await putManifest(repository, tag, manifest)).toBe(201);
  return manifest;
}

/** The bytes that a repository gives for a blob or manifest; the status when it gives none. */
export async function pull(
  repository: string,
  what: "blobs" | "manifests",
  reference: string,
): Promise<Uint8Array | number> {
  const response = await ask("GET", `/v2/${repository}/${what}/${reference}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return response.status === 200 ? bytes : response.status;
}

/** An artifact is wholly there: its manifest and every layer, byte for byte, and not only in some isolate's memory. */
export async function expectWhole(repository: string, reference: string, manifest: ABlob, layers: readonly ABlob[]) {
  expect(await pull(repository, "manifests", reference)).toEqual(manifest.bytes);
  for (const layer of [...layers, emptyConfig]) {
    expect(await pull(repository, "blobs", layer.digest)).toEqual(layer.bytes);
  }
  for (const { digest } of [manifest, ...layers, emptyConfig]) {
    expect(await hasBlob(env.BLOBS, digest), `R2 has ${digest}`).toBe(true);
  }
}

/** Makes it so that nobody touched a blob for these hours. */
export async function age(repository: string, { digest }: ABlob, hours: number): Promise<void> {
  const at = new Date(Date.now() - hours * 3600 * 1000).toISOString();
  const set = env.DB.prepare("UPDATE oci_blob SET touched_at = ? WHERE repository = ? AND digest = ?");
  await set.bind(at, repository, digest).run();
  await forget(repository);
}

/** A repository's keeper remembers what it has read; a test that wrote rows itself must have it read anew. */
export async function forget(repository: string): Promise<void> {
  await collecting.repositories(repository).dropUnused(repository, [], "");
}

/** The digests of a repository's blobs. */
export async function blobsOf(repository: string): Promise<string[]> {
  const { results } = await env.DB.prepare("SELECT digest FROM oci_blob WHERE repository = ? ORDER BY digest")
    .bind(repository)
    .all<{ digest: string }>();
  return results.map((row) => row.digest);
}
