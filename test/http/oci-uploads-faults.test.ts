import { env } from "cloudflare:test";
import { expect, it, vi } from "vitest";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { limits } from "../../src/contract/limits.ts";
import { completeUpload } from "../../src/operations/oci/upload/complete-upload.ts";
import { sendBlob as sendWholeBlob } from "../../src/operations/oci/upload/send-blob.ts";
import { sendChunk as sendChunkOf } from "../../src/operations/oci/upload/send-chunk.ts";
import { repositoriesOf } from "../../src/worker/repositories.ts";
import { uploadIdsOf } from "../../src/worker/upload-ids.ts";
import { ask } from "./a-registry.ts";
import {
  anUploadRepository,
  beginUpload,
  digestBy,
  expectBlob,
  expectSession,
  expectStored,
  finishUpload,
  incoming,
  pushBlob,
  randomBytes,
  refusedWith,
  sendChunk,
  uploadId,
} from "./an-upload.ts";

const mebibyte = 1024 * 1024;

/** A body that breaks off after these bytes. */
function broken(bytes: Uint8Array): ReadableStream {
  let isSent = false;
  return new ReadableStream({
    pull: (controller) => {
      if (isSent) controller.error(new Error("cut"));
      else controller.enqueue(bytes);
      isSent = true;
    },
  });
}

it("keeps nothing of a request that breaks off", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  const bytes = randomBytes(100);
  expect((await sendChunk(location, bytes)).status).toBe(202);
  const digest = await digestBy("sha256", bytes);
  // Asked of the operations: a request of a test does not say that its stream broke off.
  const needs = {
    blobs: env.BLOBS,
    repositories: repositoriesOf(env),
    uploadIds: uploadIdsOf(env),
    now: () => new Date(),
    later: () => undefined,
  };
  const chunk = { repository, id: uploadId(location), range: null, digest };
  const partBytes = limits.uploadPartBytes;
  for (const [came, announced] of [
    [50, null],
    [partBytes + 5, null],
    [50, 100],
    [0, 2 * mebibyte],
    [mebibyte, 2 * mebibyte],
  ] as const) {
    const cut = () => ({ ...chunk, body: broken(randomBytes(came)), sizeBytes: announced });
    for (const sent of [
      await sendChunkOf(needs, cut()),
      await completeUpload(needs, cut()),
      await sendWholeBlob(needs, cut()),
    ]) {
      expect(sent).toMatchObject({ ok: false, failure: { code: "BLOB_UPLOAD_INVALID" } });
    }
    await expectSession(location, 100);
    expect(await env.BLOBS.head(blobKey(digest))).toBeNull();
    expect(await incoming(location)).toBe(1);
  }
  expectStored(await finishUpload(location, digest), repository, digest);
  await expectBlob(repository, digest, bytes);
});

it("takes one of two chunks that come at once for the same place", async () => {
  const repository = anUploadRepository();
  for (const first of [0, undefined]) {
    const location = await beginUpload(repository);
    const chunks = Array.from({ length: 5 }, () => randomBytes(mebibyte + 10));
    const answers = await Promise.all(chunks.map((chunk) => sendChunk(location, chunk, first)));
    const taken = answers.findIndex((answer) => answer.status === 202);
    const statuses = answers.map((answer) => answer.status).sort();
    // Without Content-Range one may come when another is noted already, and go on behind it.
    if (first === 0) expect(statuses).toEqual([202, 416, 416, 416, 416]);
    else expect(statuses.filter((status) => status !== 202 && status !== 416)).toEqual([]);
    await Promise.all(answers.map((answer) => answer.body?.cancel()));
    if (statuses.filter((status) => status === 202).length > 1) continue;
    const whole = chunks[taken] ?? randomBytes(0);
    const digest = await digestBy("sha256", whole);
    expectStored(await finishUpload(location, digest), repository, digest);
    await expectBlob(repository, digest, whole);
    await vi.waitFor(async () => expect(await incoming(location)).toBe(0));
  }
});

it("completes an upload once, however many close it at once", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  const bytes = randomBytes(2 * mebibyte);
  await sendChunk(location, bytes.slice(0, mebibyte));
  await sendChunk(location, bytes.slice(mebibyte));
  const digest = await digestBy("sha256", bytes);
  const answers = await Promise.all(Array.from({ length: 6 }, () => finishUpload(location, digest)));
  for (const answer of answers) expectStored(answer, repository, digest);
  await expectBlob(repository, digest, bytes);
});

it("answers a closing request that is repeated as it did the first time", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  const bytes = randomBytes(100);
  const digest = await digestBy("sha256", bytes);
  await sendChunk(location, bytes);
  expectStored(await finishUpload(location, digest), repository, digest);
  expectStored(await finishUpload(location, digest), repository, digest);
  const other = await pushBlob(repository, randomBytes(50));
  await refusedWith(await finishUpload(location, other), 404, "BLOB_UPLOAD_UNKNOWN");
  await refusedWith(await ask("GET", location), 404, "BLOB_UPLOAD_UNKNOWN");
  expect((await ask("DELETE", `/v2/${repository}/blobs/${digest}`)).status).toBe(202);
  await refusedWith(await finishUpload(location, digest), 404, "BLOB_UPLOAD_UNKNOWN");
});

it("answers a whole blob that is sent twice into one session as it did the first time", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  const bytes = randomBytes(2 * mebibyte);
  const digest = await digestBy("sha256", bytes);
  expectStored(await finishUpload(location, digest, { body: bytes }), repository, digest);
  expectStored(await finishUpload(location, digest, { body: bytes }), repository, digest);
  await refusedWith(await sendChunk(location, bytes), 404, "BLOB_UPLOAD_UNKNOWN");
});

it("knows an upload in its own repository only, and for a day only", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  const elsewhere = location.replace(repository, anUploadRepository());
  await refusedWith(await ask("GET", elsewhere), 404, "BLOB_UPLOAD_UNKNOWN");
  await refusedWith(await sendChunk(elsewhere, randomBytes(10)), 404, "BLOB_UPLOAD_UNKNOWN");
  const madeUp = location.replace(/[0-9a-f]{8}-/, `${crypto.randomUUID().slice(0, 8)}-`);
  await refusedWith(await finishUpload(madeUp, await digestBy("sha256", randomBytes(0))), 404, "BLOB_UPLOAD_UNKNOWN");
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + limits.uploadSessionSeconds * 1000 + 1 });
  try {
    await refusedWith(await ask("GET", location), 404, "BLOB_UPLOAD_UNKNOWN");
    await refusedWith(await sendChunk(location, randomBytes(10)), 404, "BLOB_UPLOAD_UNKNOWN");
  } finally {
    vi.useRealTimers();
  }
});
