import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { type Disagreement, verifyAnswer } from "../../src/contract/http/registry.ts";
import { manifestMediaTypes } from "../../src/contract/oci/manifest.ts";
import { aDocument, aName, ask, publish } from "./a-registry.ts";
import { aBlob, aManifest, aRepository, emptyConfig, expectWhole, forget, pull, push } from "./a-repository.ts";

it("finds nothing to say of repositories that were only used as they should be, and counts what they have", async () => {
  const repository = aRepository("verify");
  const manifest = await push(repository, "v1", [aBlob("one"), aBlob("two")]);
  await push(repository, "v2", [aBlob("three")]);
  const name = aName("verified");
  await publish(aDocument(name));
  expect(await pull(`templates/${name}`, "manifests", "latest")).toBeInstanceOf(Uint8Array);
  expect((await ask("DELETE", `/v2/${repository}/manifests/${manifest.digest}`)).status).toBe(202);
  const found = await verify();
  expect(found.disagreements).toEqual([]);
  // Two manifests are left; blobs of the deleted one stay for a day.
  expect(found).toMatchObject({ manifests: 2, blobs: 6 });
});

it("says nothing of an index one of whose manifests was deleted by itself", async () => {
  const repository = aRepository("verify");
  const child = await push(repository, "v1", [aBlob("one")]);
  const [mediaType] = manifestMediaTypes.index;
  const [childType] = manifestMediaTypes.image;
  const body = JSON.stringify({
    schemaVersion: 2,
    mediaType,
    manifests: [{ mediaType: childType, digest: child.digest, size: child.bytes.byteLength }],
  });
  const put = await ask("PUT", `/v2/${repository}/manifests/all`, { body, type: mediaType });
  expect(put.status, await put.text()).toBe(201);
  await ask("DELETE", `/v2/${repository}/manifests/${child.digest}`);
  expect(await whereOf(repository)).toEqual([]);
});

it("names bytes that R2 has lost, or has of another size", async () => {
  const repository = aRepository("verify");
  const [lost, short] = [aBlob("lost"), aBlob("short")];
  const manifest = await push(repository, "v1", [lost, short]);
  await env.BLOBS.delete(blobKey(lost.digest));
  await env.BLOBS.put(blobKey(short.digest), "short");
  await env.BLOBS.delete(blobKey(manifest.digest));
  expect(await whereOf(repository)).toEqual(["r2_oci_blob", "r2_oci_blob", "r2_oci_manifest"]);
  for (const blob of [lost, short, manifest]) await env.BLOBS.put(blobKey(blob.digest), blob.bytes);
  expect(await whereOf(repository)).toEqual([]);
});

it("names manifests, references and tags whose other end is not there", async () => {
  const repository = aRepository("verify");
  const layer = aBlob("layer");
  const manifest = await push(repository, "v1", [layer]);
  const other = aManifest([]).digest;
  await env.DB.batch([
    env.DB.prepare("DELETE FROM oci_repository WHERE repository = ?").bind(repository),
    env.DB.prepare("DELETE FROM oci_blob WHERE repository = ? AND digest = ?").bind(repository, layer.digest),
    env.DB.prepare("INSERT INTO oci_reference VALUES (?, ?, ?)").bind(repository, emptyConfig.digest, other),
    env.DB.prepare("INSERT INTO oci_tag VALUES (?, 'lost', ?, '', '')").bind(repository, other),
  ]);
  expect(await whereOf(repository)).toEqual(["d1_oci_reference", "d1_oci_reference", "d1_oci_tag", "r2_oci_manifest"]);
  const messages = (await verify()).disagreements.map(({ message }) => message);
  expect(messages).toContain(`${manifest.digest} refers to ${layer.digest}, and one of both is not there`);
  await env.DB.batch([
    env.DB.prepare("DELETE FROM oci_tag WHERE tag = 'lost'"),
    env.DB.prepare("DELETE FROM oci_reference WHERE manifest = ?").bind(other),
  ]);
  // Pushing again mends the rest.
  await forget(repository);
  await push(repository, "v1", [layer]);
  expect(await whereOf(repository)).toEqual([]);
  await expectWhole(repository, "v1", manifest, [layer]);
});

it("names a version whose manifest is lost, and gives it the registry's own after a rebuild", async () => {
  const name = aName("lost_manifest");
  await publish(aDocument(name));
  const repository = `templates/${name}`;
  const before = await pull(repository, "manifests", "1.0.0");
  expect(before).toBeInstanceOf(Uint8Array);
  await env.DB.batch([
    env.DB.prepare("DELETE FROM oci_manifest WHERE repository = ?").bind(repository),
    env.DB.prepare("DELETE FROM oci_reference WHERE repository = ?").bind(repository),
  ]);
  expect((await verify()).disagreements).toMatchObject([{ kind: "template", name, where: "d1_manifest" }]);
  let cursor: string | null = "";
  while (cursor !== null) {
    const response = await ask("POST", `/v1/admin/rebuild${cursor === "" ? "" : `?cursor=${cursor}`}`);
    ({ next_cursor: cursor } = await response.json<{ next_cursor: string | null }>());
  }
  expect((await verify()).disagreements).toEqual([]);
  expect(await pull(repository, "manifests", "1.0.0")).toEqual(before);
});

it("walks everything in slices", async () => {
  const repository = aRepository("verify-many");
  const rows = Array.from({ length: 1100 }, (_, at) => [repository, `tag-${at}`]);
  const { digest } = await push(repository, "v1", []);
  await env.DB.prepare("INSERT INTO oci_tag SELECT value ->> 0, value ->> 1, ?2, '', '' FROM json_each(?1)")
    .bind(JSON.stringify(rows), digest)
    .run();
  const { disagreements, slices } = await verify();
  expect(disagreements).toEqual([]);
  expect(slices).toBeGreaterThanOrEqual(6);
});

/** All slices together. */
async function verify() {
  const whole = { blobs: 0, manifests: 0, slices: 0, disagreements: [] as Disagreement[] };
  let cursor: string | null = null;
  do {
    const response = await ask("GET", `/v1/admin/verify${cursor === null ? "" : `?cursor=${cursor}`}`);
    expect(response.status).toBe(200);
    const slice = verifyAnswer.parse(await response.json());
    whole.blobs += slice.blobs;
    whole.manifests += slice.manifests;
    whole.disagreements.push(...slice.disagreements);
    whole.slices += 1;
    cursor = slice.next_cursor;
  } while (cursor !== null);
  return whole;
}

async function whereOf(repository: string): Promise<string[]> {
  const { disagreements } = await verify();
  return disagreements
    .filter((one) => one.name === repository)
    .map((one) => one.where)
    .sort();
}
