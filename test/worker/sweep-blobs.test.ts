import { env } from "cloudflare:test";
import { beforeEach, expect, it } from "vitest";
import { blobKey, putBlob } from "../../src/bindings/r2/blob-store.ts";
import { digestOfBytes } from "../../src/domain/document/canonical-digest.ts";
import { sweepBlobs } from "../../src/operations/maintenance/sweep-blobs.ts";
import { sweepMemberships } from "../../src/operations/oci/garbage/sweep-memberships.ts";
import { repositoriesOf } from "../../src/worker/repositories.ts";
import { sweep } from "../../src/worker/sweep.ts";
import { aDocument, aName, change, publish, read, readSource } from "../http/a-registry.ts";

const stores = { db: env.DB, blobs: env.BLOBS };
const inTwoDays = () => new Date(Date.now() + 48 * 3600 * 1000);

beforeEach(async () => {
  await env.DB.prepare("DELETE FROM sweep_position").run();
});

it("removes blobs that no version needs, once they are a day old", async () => {
  const orphan = await anOrphan("nobody needs this");
  expect(await sweepBlobs(stores, new Date())).toBe(0);
  expect(await env.BLOBS.head(blobKey(orphan))).not.toBeNull();
  expect(await sweepBlobs(stores, inTwoDays())).toBeGreaterThanOrEqual(1);
  expect(await env.BLOBS.head(blobKey(orphan))).toBeNull();
});

it("keeps every blob that a version needs, its source too", async () => {
  const [parent, child] = [aName("parent"), aName("child")];
  await publish(aDocument(parent));
  await publish(aDocument(child, { extends: parent }));
  await sweepBlobs(stores, inTwoDays());
  for (const name of [parent, child]) {
    expect(await readSource(name)).toContain(name);
    await env.LOOKUPS.delete(`doc/template/${name}/1.0.0`);
    expect((await read(`/v1/templates/${name}@1.0.0`)).status).toBe(200);
  }
});

it("keeps blobs of yanked versions and removes those of deleted ones", async () => {
  const [yanked, deleted] = [aName("yanked"), aName("deleted")];
  for (const name of [yanked, deleted]) await publish(aDocument(name));
  const digests = new Map<string, string>();
  for (const name of [yanked, deleted]) {
    const row = await env.DB.prepare("SELECT source_digest FROM artifact_version WHERE name = ?")
      .bind(name)
      .first<string>("source_digest");
    digests.set(name, row ?? "");
  }
  await change("POST", `/v1/templates/${yanked}/versions/1.0.0:yank`);
  await change("DELETE", `/v1/templates/${deleted}/versions/1.0.0`);
  // Its repository has the source as a blob.
  await sweepMemberships({ db: env.DB, repositories: repositoriesOf(env) }, inTwoDays());
  await sweepBlobs(stores, inTwoDays());
  expect(await env.BLOBS.head(blobKey(digests.get(yanked) ?? ""))).not.toBeNull();
  expect(await env.BLOBS.head(blobKey(digests.get(deleted) ?? ""))).toBeNull();
});

it("goes on where the last sweep stopped, and so passes every blob", async () => {
  const orphans = await Promise.all(Array.from({ length: 700 }, (_, index) => anOrphan(`orphan ${index}`)));
  const pace = { graceSeconds: 24 * 3600, slices: 4 };
  const removed = [await sweepBlobs(stores, inTwoDays(), pace), await sweepBlobs(stores, inTwoDays(), pace)];
  expect(removed.every((count) => count > 0)).toBe(true);
  for (const digest of orphans) expect(await env.BLOBS.head(blobKey(digest))).toBeNull();
});

it("runs by cron without touching what is young", async () => {
  const orphan = await anOrphan("just arrived");
  await sweep(env);
  expect(await env.BLOBS.head(blobKey(orphan))).not.toBeNull();
});

async function anOrphan(text: string): Promise<string> {
  const bytes = new TextEncoder().encode(text);
  const digest = digestOfBytes(bytes);
  await putBlob(env.BLOBS, digest, bytes, "text/plain");
  return digest;
}
