import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import type { RepositoryCalls } from "../../src/bindings/durable/repository.ts";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { storeBlob } from "../../src/operations/oci/blob/store-blob.ts";
import { BlobKeeper } from "../../src/operations/oci/repository/blob-keeper.ts";
import { repositoriesOf } from "../../src/worker/repositories.ts";
import { ask } from "./a-registry.ts";
import {
  anUploadRepository,
  beginUpload,
  digestBy,
  expectBlob,
  expectStored,
  finishUpload,
  pushBlob,
  randomBytes,
  refusedWith,
  sendChunk,
} from "./an-upload.ts";

const mebibyte = 1024 * 1024;
const repositories = repositoriesOf(env);

type Send = (repository: string, digest: string, bytes: Uint8Array<ArrayBuffer>) => Promise<Response>;

/** The ways in which clients send a blob. */
const ways: Record<string, Send> = {
  "by one POST": (repository, digest, bytes) =>
    ask("POST", `/v2/${repository}/blobs/uploads/?digest=${digest}`, { body: bytes }),
  "by POST and PUT": async (repository, digest, bytes) =>
    finishUpload(await beginUpload(repository), digest, { body: bytes }),
  "in two chunks": async (repository, digest, bytes) => {
    const location = await beginUpload(repository);
    const half = Math.ceil(bytes.byteLength / 2);
    await sendChunk(location, bytes.slice(0, half), 0);
    await sendChunk(location, bytes.slice(half), half);
    return finishUpload(location, digest);
  },
};

it("stores all of fifty uploads at once, of the same blobs into several repositories", async () => {
  const targets = Array.from({ length: 5 }, () => anUploadRepository());
  const sizes = [0, 10, 1000, 65_536, 65_537, 300_000, mebibyte + 1, 2 * mebibyte];
  const blobs = await Promise.all(
    sizes.map(async (size) => {
      const bytes = randomBytes(size);
      return { bytes, digest: await digestBy("sha256", bytes) };
    }),
  );
  const uploads = Array.from({ length: 50 }, (_, index) => {
    const repository = targets[index % targets.length] ?? "";
    const blob = blobs[(index * 3 + Math.floor(index / 5)) % blobs.length] ?? { bytes: randomBytes(1), digest: "" };
    return { repository, ...blob, send: Object.values(ways)[index % 3] };
  });
  await Promise.all(
    uploads.map(async ({ repository, digest, bytes, send }) => {
      const sent = await send?.(repository, digest, bytes);
      expect(sent?.status, await sent?.clone().text()).toBe(201);
    }),
  );
  for (const { repository, digest, bytes } of uploads) await expectBlob(repository, digest, bytes);
});

const beginRemoval = (digest: string) =>
  env.DB.prepare("INSERT INTO blob_removal (digest, began_at) VALUES (?, ?)").bind(digest, "2026-01-01").run();
const endRemoval = async (digest: string) => {
  await env.BLOBS.delete(blobKey(digest));
  await env.DB.prepare("DELETE FROM blob_removal WHERE digest = ?").bind(digest).run();
};

/** Before the upload gives up. */
const soon = { interval: 10, timeout: 20_000 };

it.each([
  ...Object.entries(ways).map(([how, send]) => ({ how, size: "small", sizeBytes: 1000, send })),
  { how: "in two chunks", size: "large", sizeBytes: 3 * mebibyte, send: ways["in two chunks"] },
])("stores a $size blob that comes $how while a sweep removes its bytes", async ({ sizeBytes, send }) => {
  const repository = anUploadRepository();
  const bytes = randomBytes(sizeBytes);
  const digest = await digestBy("sha256", bytes);
  await beginRemoval(digest);
  const sending = send?.(repository, digest, bytes);
  // Not before the upload has come upon it.
  await expect.poll(() => env.BLOBS.head(blobKey(digest)), soon).not.toBeNull();
  await endRemoval(digest);
  const sent = await sending;
  expect(sent?.status).toBe(201);
  await expectBlob(repository, digest, bytes);
});

it("asks for a large blob again that came while a sweep removed its bytes", async () => {
  const repository = anUploadRepository();
  const bytes = randomBytes(2 * mebibyte);
  const digest = await digestBy("sha256", bytes);
  await beginRemoval(digest);
  const sending = ways["by POST and PUT"]?.(repository, digest, bytes);
  await expect.poll(() => env.BLOBS.head(blobKey(digest)), soon).not.toBeNull();
  await endRemoval(digest);
  const refused = await sending;
  expect(refused?.headers.get("retry-after")).toBe("2");
  await refusedWith(refused ?? new Response(), 429, "TOOMANYREQUESTS");
  expect((await ask("HEAD", `/v2/${repository}/blobs/${digest}`)).status).toBe(404);
  expect(await pushBlob(repository, bytes)).toBe(digest);
  await expectBlob(repository, digest, bytes);
});

it("says that a blob is to be sent again when a sweep of its bytes does not end", async () => {
  const repository = anUploadRepository();
  const bytes = randomBytes(100);
  const digest = await digestBy("sha256", bytes);
  await beginRemoval(digest);
  const location = await beginUpload(repository);
  await refusedWith(await finishUpload(location, digest, { body: bytes }), 429, "TOOMANYREQUESTS");
  await endRemoval(digest);
  // The session is as it was.
  expectStored(await finishUpload(location, digest, { body: bytes }), repository, digest);
  await expectBlob(repository, digest, bytes);
});

it("puts the bytes again when a sweep took them between their coming and the repository's naming them", async () => {
  const repository = anUploadRepository();
  const bytes = randomBytes(100);
  const digest = await digestBy("sha256", bytes);
  let isSwept = false;
  const sweptOnce = (name: string): RepositoryCalls => ({
    ...repositories(name),
    linkBlob: async (...asked) => {
      if (!isSwept) await env.BLOBS.delete(blobKey(digest));
      isSwept = true;
      return repositories(name).linkBlob(...asked);
    },
  });
  await storeBlob(
    { blobs: env.BLOBS, repositories: sweptOnce },
    { repository, digest, pieces: [{ from: "memory", bytes }], uploadId: null },
  );
  await expectBlob(repository, digest, bytes);
});

/** The real database, whose answers come when `release` is called. */
function slowDatabase(): { db: D1Database; release: () => void } {
  const gate = Promise.withResolvers<void>();
  const slowly = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get: (from, property) => {
        const value: unknown = Reflect.get(from, property);
        if (typeof value !== "function") return value;
        return (...given: unknown[]) => {
          const answer: unknown = Reflect.apply(value, from, given);
          if (property !== "first" && property !== "all")
            return typeof answer === "object" && answer !== null ? slowly(answer) : answer;
          return Promise.resolve(answer).then(async (found) => {
            await gate.promise;
            return found;
          });
        };
      },
    });
  return { db: slowly(env.DB), release: gate.resolve };
}

it("never remembers a blob that it began to read before the blob was taken away", async () => {
  const repository = anUploadRepository();
  const digest = await pushBlob(repository, randomBytes(10));
  const { db, release } = slowDatabase();
  const now = () => new Date();
  const isShared = () => false;
  const slow = new BlobKeeper({ db, now, isShared });
  const finding = slow.findBlob(repository, digest, false);
  const quick = new BlobKeeper({ db: env.DB, now, isShared });
  expect(await quick.findBlob(repository, digest, false)).toEqual({ sizeBytes: 10 });
  expect((await quick.deleteBlob(repository, digest)).ok).toBe(true);
  // As the Registrar says it after each change.
  slow.forget();
  release();
  expect(await finding).toEqual({ sizeBytes: 10 });
  expect(await slow.findBlob(repository, digest, false)).toBeNull();
  expect(await quick.findBlob(repository, digest, false)).toBeNull();
});

it("drops blobs that nothing refers to and nobody touched, and no others", async () => {
  const repository = anUploadRepository();
  const [used, touched, unused] = [randomBytes(11), randomBytes(12), randomBytes(13)];
  const digests = [await pushBlob(repository, used), await pushBlob(repository, unused)];
  const [usedDigest = "", unusedDigest = ""] = digests;
  const type = "application/vnd.oci.image.manifest.v1+json";
  const config = { mediaType: "application/vnd.test", digest: usedDigest, size: used.byteLength };
  const manifest = JSON.stringify({ schemaVersion: 2, mediaType: type, config, layers: [] });
  const put = await ask("PUT", `/v2/${repository}/manifests/v1`, { body: manifest, type });
  expect(put.status).toBe(201);
  await expect.poll(() => Date.now()).toBeGreaterThan(Date.now());
  const before = new Date().toISOString();
  const touchedDigest = await pushBlob(repository, touched);
  const other = await digestBy("sha256", randomBytes(5));
  const asked = [usedDigest, touchedDigest, unusedDigest, other];
  const keeper = repositories(repository);
  for (const digest of asked) await keeper.findBlob(repository, digest, false);
  expect(await keeper.dropUnused(repository, asked, before)).toEqual([unusedDigest]);
  await expectBlob(repository, usedDigest, used);
  await expectBlob(repository, touchedDigest, touched);
  expect((await ask("HEAD", `/v2/${repository}/blobs/${unusedDigest}`)).status).toBe(404);
});
