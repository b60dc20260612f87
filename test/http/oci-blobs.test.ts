import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { bytesOf } from "./a-file.ts";
import { ask } from "./a-registry.ts";
import {
  anUploadRepository,
  beginUpload,
  digestBy,
  expectBlob,
  finishUpload,
  pushBlob,
  randomBytes,
  refusedWith,
} from "./an-upload.ts";

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

it.each([
  ["nothing at all", 0],
  ["one byte", 1],
  ["what is kept in memory", 64 * kibibyte],
  ["what is just not", 64 * kibibyte + 1],
  ["what is hashed in memory", mebibyte],
  ["what is streamed", 3 * mebibyte + 7],
])("gives back %s, by sha256 and by sha512", async (_, sizeBytes) => {
  for (const algorithm of ["sha256", "sha512"] as const) {
    const repository = anUploadRepository();
    const bytes = randomBytes(sizeBytes);
    const digest = await pushBlob(repository, bytes, algorithm);
    await expectBlob(repository, digest, bytes);
    // From memory, where it is small.
    await expectBlob(repository, digest, bytes);
  }
});

it("tells a blob's type, length and digest, and that it never changes", async () => {
  const repository = anUploadRepository();
  const digest = await pushBlob(repository, randomBytes(500));
  for (const method of ["GET", "HEAD"]) {
    for (const token of [undefined, null]) {
      const got = await ask(method, `/v2/${repository}/blobs/${digest}`, {
        ...(token === null ? { token } : {}),
        headers: { "Accept-Encoding": "gzip" },
      });
      expect(got.status).toBe(200);
      expect(got.headers.get("content-type")).toBe("application/octet-stream");
      expect(got.headers.get("content-length")).toBe("500");
      expect(got.headers.get("content-encoding")).toBeNull();
      expect(got.headers.get("etag")).toBe(`"${digest}"`);
      expect(got.headers.get("accept-ranges")).toBe("bytes");
      const caching = `${token === null ? "public" : "private"}, max-age=31536000, immutable, no-transform`;
      expect(got.headers.get("cache-control")).toBe(caching);
      await got.body?.cancel();
    }
  }
});

it("answers 304 to who has the blob already", async () => {
  const repository = anUploadRepository();
  const digest = await pushBlob(repository, randomBytes(500));
  const headers = { "If-None-Match": `"other", W/"${digest}"` };
  expect((await ask("GET", `/v2/${repository}/blobs/${digest}`, { headers })).status).toBe(304);
  expect((await ask("HEAD", `/v2/${repository}/blobs/${digest}`, { headers })).status).toBe(304);
});

it.each([
  ["a small blob", 1000],
  ["a large blob", 200 * kibibyte],
])("gives pieces of %s", async (_, sizeBytes) => {
  const repository = anUploadRepository();
  const bytes = randomBytes(sizeBytes);
  const path = `/v2/${repository}/blobs/${await pushBlob(repository, bytes)}`;
  const last = sizeBytes - 1;
  for (const [range, from, to] of [
    ["bytes=0-0", 0, 0],
    ["bytes=10-19", 10, 19],
    ["bytes=500-", 500, last],
    [`bytes=${last}-${last}`, last, last],
    ["bytes=-7", sizeBytes - 7, last],
    [`bytes=-${sizeBytes * 2}`, 0, last],
    [`bytes=900-${sizeBytes * 3}`, 900, last],
  ] as const) {
    const got = await ask("GET", path, { headers: { Range: range } });
    expect(got.status, range).toBe(206);
    expect(got.headers.get("content-range")).toBe(`bytes ${from}-${to}/${sizeBytes}`);
    expect(got.headers.get("content-length")).toBe(String(to - from + 1));
    expect(new Uint8Array(await got.arrayBuffer())).toEqual(bytes.slice(from, to + 1));
  }
  for (const range of ["bytes=0-1,5-6", "lines=1-2", "bytes=abc", "bytes=-", "bytes="]) {
    const got = await ask("GET", path, { headers: { Range: range } });
    expect(got.status, range).toBe(200);
    expect((await got.arrayBuffer()).byteLength).toBe(sizeBytes);
  }
  for (const range of [`bytes=${sizeBytes}-`, "bytes=99999999999999999999-", "bytes=500-0", "bytes=-0"]) {
    const got = await ask("GET", path, { headers: { Range: range } });
    expect(got.headers.get("content-range"), range).toBe(`bytes */${sizeBytes}`);
    await refusedWith(got, 416, "SIZE_INVALID");
  }
  const changed = await ask("GET", path, { headers: { Range: "bytes=0-9", "If-Range": '"sha256:other"' } });
  expect(changed.status).toBe(200);
  await changed.body?.cancel();
});

it("knows no blob that another repository has", async () => {
  const [here, there] = [anUploadRepository(), anUploadRepository()];
  const digest = await pushBlob(here, randomBytes(100));
  for (const method of ["GET", "DELETE"]) {
    const refused = await refusedWith(await ask(method, `/v2/${there}/blobs/${digest}`), 404, "BLOB_UNKNOWN");
    expect(refused.message).toContain(there);
  }
  expect((await ask("HEAD", `/v2/${there}/blobs/${digest}`)).status).toBe(404);
});

it.each([
  "sha256:abc",
  "sha256:",
  "sha256",
  `SHA256:${"a".repeat(64)}`,
  `sha256:${"A".repeat(64)}`,
  `sha256:${"a".repeat(65)}`,
  `sha512:${"a".repeat(64)}`,
  `md5:${"a".repeat(32)}`,
  "%00",
  "..%2f..%2fetc%2fpasswd",
  "a".repeat(3000),
])("refuses what is no digest: %s", async (digest) => {
  const repository = anUploadRepository();
  for (const method of ["GET", "DELETE"]) {
    await refusedWith(await ask(method, `/v2/${repository}/blobs/${digest}`), 400, "DIGEST_INVALID");
  }
  expect((await ask("HEAD", `/v2/${repository}/blobs/${digest}`)).status).toBe(400);
});

it("deletes a blob at once, from one repository only, and takes it again", async () => {
  const [one, other] = [anUploadRepository(), anUploadRepository()];
  const bytes = randomBytes(300);
  const digest = await pushBlob(one, bytes);
  await pushBlob(other, bytes);
  await expectBlob(one, digest, bytes);
  expect((await ask("DELETE", `/v2/${one}/blobs/${digest}`)).status).toBe(202);
  expect((await ask("HEAD", `/v2/${one}/blobs/${digest}`)).status).toBe(404);
  await refusedWith(await ask("GET", `/v2/${one}/blobs/${digest}`), 404, "BLOB_UNKNOWN");
  await refusedWith(await ask("DELETE", `/v2/${one}/blobs/${digest}`), 404, "BLOB_UNKNOWN");
  await expectBlob(other, digest, bytes);
  await pushBlob(one, bytes);
  await expectBlob(one, digest, bytes);
});

it("deletes no blob that a manifest refers to, and names the manifest", async () => {
  const repository = anUploadRepository();
  const config = randomBytes(20);
  const digest = await pushBlob(repository, config);
  const manifest = bytesOf(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: "application/vnd.oci.image.manifest.v1+json",
      config: { mediaType: "application/vnd.test.config", digest, size: config.byteLength },
      layers: [],
    }),
  );
  const named = await digestBy("sha256", manifest);
  const put = await ask("PUT", `/v2/${repository}/manifests/v1`, {
    body: manifest,
    type: "application/vnd.oci.image.manifest.v1+json",
  });
  expect(put.status, await put.clone().text()).toBe(201);
  const refused = await refusedWith(await ask("DELETE", `/v2/${repository}/blobs/${digest}`), 405, "UNSUPPORTED");
  expect(refused.message).toContain(named);
  await expectBlob(repository, digest, config);
  expect((await ask("DELETE", `/v2/${repository}/manifests/${named}`)).status).toBe(202);
  expect((await ask("DELETE", `/v2/${repository}/blobs/${digest}`)).status).toBe(202);
});

it("takes the same content from whoever has it, and stores it once", async () => {
  const bytes = randomBytes(2 * mebibyte);
  const digest = await pushBlob(anUploadRepository(), bytes);
  const first = await env.BLOBS.head(blobKey(digest));
  const repository = anUploadRepository();
  await pushBlob(repository, bytes);
  expect((await env.BLOBS.head(blobKey(digest)))?.uploaded).toEqual(first?.uploaded);
  await expectBlob(repository, digest, bytes);
});

it("gives nobody content of which they have only the digest", async () => {
  for (const sizeBytes of [100, 2 * mebibyte]) {
    const digest = await pushBlob(anUploadRepository(), randomBytes(sizeBytes));
    const repository = anUploadRepository();
    const put = await finishUpload(await beginUpload(repository), digest, { body: randomBytes(sizeBytes) });
    await refusedWith(put, 400, "DIGEST_INVALID");
    expect((await ask("HEAD", `/v2/${repository}/blobs/${digest}`)).status).toBe(404);
  }
});

it("touches a blob that was told to be there, but seldom", async () => {
  const repository = anUploadRepository();
  const digest = await pushBlob(repository, randomBytes(100));
  const touchedAt = () =>
    env.DB.prepare("SELECT touched_at FROM oci_blob WHERE repository = ? AND digest = ?")
      .bind(repository, digest)
      .first<string>("touched_at");
  const hoursAgo = (hours: number) => new Date(Date.now() - hours * 3600 * 1000).toISOString();
  const set = (at: string) =>
    env.DB.prepare("UPDATE oci_blob SET touched_at = ? WHERE repository = ?").bind(at, repository).run();
  const head = () => ask("HEAD", `/v2/${repository}/blobs/${digest}`);
  const [young, old] = [hoursAgo(11), hoursAgo(13)];
  await set(young);
  expect((await head()).status).toBe(200);
  expect(await touchedAt()).toBe(young);
  // A blob that nobody asked of before: what the keeper remembers is not what the test wrote.
  await ask("DELETE", `/v2/${repository}/blobs/${"sha256:".padEnd(71, "0")}`);
  await set(old);
  const got = await ask("GET", `/v2/${repository}/blobs/${digest}`);
  await got.body?.cancel();
  expect(await touchedAt()).toBe(old);
  expect((await head()).status).toBe(200);
  expect(Date.parse((await touchedAt()) ?? "")).toBeGreaterThan(Date.now() - 60_000);
});
