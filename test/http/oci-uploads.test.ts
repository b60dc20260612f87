import { env } from "cloudflare:test";
import { expect, it, vi } from "vitest";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { limits } from "../../src/contract/limits.ts";
import { bytesOf, streamOf } from "./a-file.ts";
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
  randomBytes,
  refusedWith,
  sendChunk,
  sendStream,
} from "./an-upload.ts";

const mebibyte = 1024 * 1024;

it.each([0, 10, mebibyte + 1])("takes a blob of %i bytes in one request", async (sizeBytes) => {
  const repository = anUploadRepository();
  for (const isLengthKnown of [true, false]) {
    const bytes = randomBytes(sizeBytes);
    const digest = await digestBy("sha256", bytes);
    const path = `/v2/${repository}/blobs/uploads/?digest=${digest}`;
    const put = isLengthKnown
      ? await ask("POST", path, { body: bytes })
      : await sendStream("POST", path, streamOf(bytes.subarray(0, 5), bytes.subarray(5)));
    expectStored(put, repository, digest);
    await expectBlob(repository, digest, bytes);
  }
});

it.each([
  ["in one request", 3 * mebibyte],
  ["just as long as a part that R2 gets", limits.uploadPartBytes],
  ["in several parts", 2 * limits.uploadPartBytes + 3],
])("takes bytes of unknown length %s, by PUT and by PATCH", async (_, sizeBytes) => {
  const repository = anUploadRepository();
  const bytes = randomBytes(sizeBytes);
  const digest = await digestBy("sha256", bytes);
  const byPatch = await beginUpload(repository);
  const patched = await sendStream("PATCH", byPatch, streamOf(bytes.slice(0, 70_000), bytes.slice(70_000)));
  expect(patched.status).toBe(202);
  expect(patched.headers.get("range")).toBe(`0-${sizeBytes - 1}`);
  await expectSession(byPatch, sizeBytes);
  expectStored(await finishUpload(byPatch, digest), repository, digest);
  await expectBlob(repository, digest, bytes);
  await vi.waitFor(async () => expect(await incoming(byPatch)).toBe(0));
  const other = anUploadRepository();
  const byPut = await beginUpload(other);
  expectStored(await sendStream("PUT", `${byPut}?digest=${digest}`, streamOf(bytes)), other, digest);
  expect(await incoming(byPut)).toBe(0);
  await expectBlob(other, digest, bytes);
});

it.each([
  ["a last one in the closing request", true],
  ["an empty closing request", false],
])("puts chunks of any size together, with %s", async (_, isLastInPut) => {
  const repository = anUploadRepository();
  for (const algorithm of ["sha256", "sha512"] as const) {
    const location = await beginUpload(repository, `?digest-algorithm=${algorithm}`);
    const sizes = [1, 21, 1024, 70_000, 2 * mebibyte, 5];
    const whole = randomBytes(sizes.reduce((sum, size) => sum + size, 0));
    const digest = await digestBy(algorithm, whole);
    let at = 0;
    for (const [index, size] of sizes.entries()) {
      const chunk = whole.slice(at, at + size);
      if (isLastInPut && index === sizes.length - 1) {
        const headers = { "Content-Range": `${at}-${at + size - 1}` };
        expectStored(await finishUpload(location, digest, { body: chunk, headers }), repository, digest);
      } else {
        const sent = await sendChunk(location, chunk, index % 2 === 0 ? at : undefined);
        expect(sent.status).toBe(202);
        expect(sent.headers.get("location")).toBe(location);
        expect(sent.headers.get("range")).toBe(`0-${at + size - 1}`);
        await expectSession(location, at + size);
      }
      at += size;
    }
    if (!isLastInPut) expectStored(await finishUpload(location, digest), repository, digest);
    await expectBlob(repository, digest, whole);
    await vi.waitFor(async () => expect(await incoming(location)).toBe(0));
  }
});

it("refuses chunks out of order, wherever they come, and says where to go on", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  const bytes = randomBytes(300);
  const digest = await digestBy("sha256", bytes);
  const expectOutOfOrder = async (response: Response, there: number) => {
    expect(response.headers.get("location")).toBe(location);
    expect(response.headers.get("range")).toBe(`0-${Math.max(0, there - 1)}`);
    await refusedWith(response, 416, "BLOB_UPLOAD_INVALID");
    await expectSession(location, there);
  };
  await expectOutOfOrder(await sendChunk(location, bytes.slice(100, 200), 100), 0);
  expect((await sendChunk(location, bytes.slice(0, 100), 0)).status).toBe(202);
  await expectOutOfOrder(await sendChunk(location, bytes.slice(0, 100), 0), 100);
  await expectOutOfOrder(await sendChunk(location, bytes.slice(200), 200), 100);
  const last = { body: bytes.slice(200), headers: { "Content-Range": "200-299" } };
  await expectOutOfOrder(await finishUpload(location, digest, last), 100);
  await expectSession(`${location}?digest=${digest}`.split("?")[0] ?? "", 100);
  expect((await ask("GET", `${location}?digest=${digest}`)).status).toBe(204);
  expect((await sendChunk(location, bytes.slice(100, 200), 100)).status).toBe(202);
  expectStored(await finishUpload(location, digest, last), repository, digest);
  await expectBlob(repository, digest, bytes);
});

it.each(["abc", "10-5", "5", "-5", "5-", "bytes 0-99 of 100", "0-99, 100-199", "1e3-2e3"])(
  "refuses the malformed Content-Range %s",
  async (range) => {
    const location = await beginUpload(anUploadRepository());
    const sent = await ask("PATCH", location, { body: randomBytes(100), headers: { "Content-Range": range } });
    await refusedWith(sent, 400, "BLOB_UPLOAD_INVALID");
    await expectSession(location, 0);
  },
);

it("refuses a chunk that is not as long as it says, and keeps nothing of it", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  const bytes = randomBytes(100);
  const wrong = { "Content-Range": "0-98" };
  await refusedWith(await ask("PATCH", location, { body: bytes, headers: wrong }), 400, "SIZE_INVALID");
  await refusedWith(await sendStream("PATCH", location, streamOf(bytes), wrong), 400, "SIZE_INVALID");
  const digest = await digestBy("sha256", bytes);
  await refusedWith(await finishUpload(location, digest, { body: bytes, headers: wrong }), 400, "SIZE_INVALID");
  await refusedWith(
    await sendStream("PUT", `${location}?digest=${digest}`, streamOf(bytes), wrong),
    400,
    "SIZE_INVALID",
  );
  await refusedWith(await finishUpload(location, digest, { headers: wrong }), 400, "SIZE_INVALID");
  await expectSession(location, 0);
  expect(await incoming(location)).toBe(0);
  // With a total behind, as RFC 9110 has it.
  expect((await ask("PATCH", location, { body: bytes, headers: { "Content-Range": "bytes 0-99/*" } })).status).toBe(
    202,
  );
});

it("refuses a digest that the bytes do not have, stores nothing, and lets the client try again", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  const bytes = randomBytes(2 * mebibyte);
  await sendChunk(location, bytes.slice(0, mebibyte + 1));
  const wrong = await digestBy("sha256", randomBytes(10));
  const rest = { body: bytes.slice(mebibyte + 1) };
  const refused = await finishUpload(location, wrong, rest);
  expect(refused.headers.get("range")).toBe(`0-${mebibyte}`);
  await refusedWith(refused, 400, "DIGEST_INVALID");
  expect((await ask("HEAD", `/v2/${repository}/blobs/${wrong}`)).status).toBe(404);
  expect(await env.BLOBS.head(blobKey(wrong))).toBeNull();
  await expectSession(location, mebibyte + 1);
  const digest = await digestBy("sha256", bytes);
  expectStored(await finishUpload(location, digest, rest), repository, digest);
  await expectBlob(repository, digest, bytes);
  for (const sizeBytes of [10, 2 * mebibyte]) {
    const path = `/v2/${repository}/blobs/uploads/?digest=${wrong}`;
    await refusedWith(await ask("POST", path, { body: randomBytes(sizeBytes) }), 400, "DIGEST_INVALID");
  }
});

it("refuses what is no digest, and digests by other algorithms", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  for (const digest of ["sha256:abc", `md5:${"0".repeat(32)}`, `sha256:${"G".repeat(64)}`, ""]) {
    await refusedWith(await finishUpload(location, digest, { body: randomBytes(10) }), 400, "DIGEST_INVALID");
    const whole = `/v2/${repository}/blobs/uploads/?digest=${digest}`;
    await refusedWith(await ask("POST", whole, { body: randomBytes(10) }), 400, "DIGEST_INVALID");
  }
  await refusedWith(await ask("PUT", location, { body: randomBytes(10) }), 400, "DIGEST_INVALID");
  const query = "?digest-algorithm=md5";
  await refusedWith(await ask("POST", `/v2/${repository}/blobs/uploads/${query}`), 400, "DIGEST_INVALID");
  await expectSession(location, 0);
});

it("cancels an upload, and knows it no more", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  await sendChunk(location, randomBytes(100));
  expect(await incoming(location)).toBe(1);
  expect((await ask("DELETE", location)).status).toBe(204);
  expect(await incoming(location)).toBe(0);
  const digest = await digestBy("sha256", bytesOf(""));
  for (const gone of [
    await ask("GET", location),
    await ask("DELETE", location),
    await sendChunk(location, randomBytes(100)),
    await finishUpload(location, digest),
    await ask("GET", `/v2/${repository}/blobs/uploads/${"x".repeat(2000)}`),
    await ask("PATCH", `/v2/${repository}/blobs/uploads/%00`, { body: randomBytes(10) }),
  ]) {
    await refusedWith(gone, 404, "BLOB_UPLOAD_UNKNOWN");
  }
});

it("refuses what is too large, and what is encoded on its way", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  const range = { "Content-Range": `0-${limits.blobBytes}` };
  const large = await refusedWith(
    await sendStream("PATCH", location, streamOf(randomBytes(10)), range),
    413,
    "SIZE_INVALID",
  );
  expect(large.message).toContain("4 GiB");
  expect(large.message).toContain("layers");
  const encoded = await ask("PATCH", location, { body: randomBytes(10), headers: { "Content-Encoding": "gzip" } });
  await refusedWith(encoded, 415, "BLOB_UPLOAD_INVALID");
  await expectSession(location, 0);
});

it("takes an empty chunk, which changes nothing", async () => {
  const repository = anUploadRepository();
  const location = await beginUpload(repository);
  const bytes = randomBytes(10);
  expect((await ask("PATCH", location)).status).toBe(202);
  await sendChunk(location, bytes);
  const sent = await sendStream("PATCH", location, streamOf());
  expect(sent.status).toBe(202);
  expect(sent.headers.get("range")).toBe("0-9");
  const digest = await digestBy("sha256", bytes);
  expectStored(await finishUpload(location, digest), repository, digest);
});
