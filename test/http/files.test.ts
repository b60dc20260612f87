import { env, SELF } from "cloudflare:test";
import { expect, it } from "vitest";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { file } from "../../src/contract/file/file.ts";
import { limits } from "../../src/contract/limits.ts";
import { storeFile } from "../../src/operations/file/store-file.ts";
import { aPng, bytesOf, digestOf, sendBytes, sendFile, someBytes, streamOf } from "./a-file.ts";
import { adminToken, ask, refusalOf } from "./a-registry.ts";

const mebibyte = 1024 * 1024;

it("stores a file under its digest and gives it back", async () => {
  const bytes = bytesOf("some text of mine");
  const sent = await sendBytes(bytes, "?name=note.txt", { type: "text/plain; charset=utf-8" });
  const told = file.parse(await sent.json());
  expect(sent.status).toBe(201);
  expect(told).toMatchObject({
    digest: await digestOf(bytes),
    size_bytes: 17,
    media_type: "text/plain",
    name: "note.txt",
  });
  expect(sent.headers.get("location")).toBe(`/v1/files/${told.digest}`);
  const got = await ask("GET", `/v1/files/${told.digest}`);
  expect(got.status).toBe(200);
  expect(new Uint8Array(await got.arrayBuffer())).toEqual(bytes);
  expect(got.headers.get("content-type")).toBe("text/plain");
  expect(got.headers.get("content-length")).toBe("17");
  expect(got.headers.get("etag")).toBe(`"${told.digest}"`);
  expect(await (await ask("GET", `/v1/files/${told.digest}/facts`)).json()).toEqual(told);
});

it("stores the same bytes once, and keeps what their first sender said", async () => {
  const bytes = someBytes(2000);
  const first = await sendFile(bytes, "?name=first.bin&media_type=application/x-mine");
  const again = await sendBytes(bytes, "?name=second.bin&media_type=application/x-other");
  expect(again.status).toBe(200);
  expect(await again.json()).toEqual(first);
});

it("fills in what the first sender left open", async () => {
  const bytes = someBytes(100);
  expect(await sendFile(bytes)).toMatchObject({ name: null, media_type: "application/octet-stream" });
  const told = { name: "a.mine", media_type: "application/x-mine" };
  expect(await sendFile(bytes, `?name=${told.name}&media_type=${told.media_type}`)).toMatchObject(told);
});

it("takes an empty file", async () => {
  const told = await sendFile(new Uint8Array());
  expect(told.size_bytes).toBe(0);
  const got = await ask("GET", `/v1/files/${told.digest}`);
  expect(got.status).toBe(200);
  expect((await got.arrayBuffer()).byteLength).toBe(0);
  const without = await ask("POST", "/v1/files");
  expect(without.status).toBe(200);
  await without.body?.cancel();
});

it.each([
  ["in memory, its length known", 1000, true],
  ["in memory, its length unknown", 1000, false],
  ["at the limit of memory", mebibyte, true],
  ["just over the limit of memory", mebibyte + 1, true],
  ["streamed, its length known", 3 * mebibyte, true],
  ["streamed, its length unknown", 3 * mebibyte, false],
  ["exactly one part long, its length unknown", limits.uploadPartBytes, false],
  ["longer than one part, its length unknown", limits.uploadPartBytes + 5, false],
])("stores a file %s, with its digest said and without", async (_, sizeBytes, isLengthKnown) => {
  for (const isDigestSaid of [true, false]) {
    const bytes = someBytes(sizeBytes);
    const digest = await digestOf(bytes);
    const response = await SELF.fetch(`http://localhost/v1/files${isDigestSaid ? `?digest=${digest}` : ""}`, {
      method: "POST",
      headers: { Authorization: `Bearer ${adminToken}` },
      body: isLengthKnown ? bytes : streamOf(bytes.subarray(0, 500), bytes.subarray(500)),
    });
    expect(response.status, await response.clone().text()).toBe(201);
    expect(await response.json()).toMatchObject({ digest, size_bytes: sizeBytes });
    const got = await ask("GET", `/v1/files/${digest}`);
    expect(await digestOf(new Uint8Array(await got.arrayBuffer()))).toBe(digest);
  }
  expect((await env.BLOBS.list({ prefix: "incoming/" })).objects).toEqual([]);
});

it.each([1000, 3 * mebibyte])(
  "refuses %i bytes that have not the digest that was said, and keeps nothing",
  async (size) => {
    const [said, sent] = [someBytes(size), someBytes(size)];
    const refused = await refusalOf(await sendBytes(sent, `?digest=${await digestOf(said)}`), 422);
    expect(refused.code).toBe("DIGEST_MISMATCH");
    expect(refused.detail).toContain(await digestOf(sent));
    for (const bytes of [said, sent]) {
      expect((await refusalOf(await ask("GET", `/v1/files/${await digestOf(bytes)}`), 404)).code).toBe(
        "FILE_NOT_FOUND",
      );
      expect(await env.BLOBS.head(blobKey(await digestOf(bytes)))).toBeNull();
    }
  },
);

it("looks at the bytes even when a file of the digest that was said is here", async () => {
  const known = someBytes(2 * mebibyte);
  const { digest } = await sendFile(known);
  expect((await sendBytes(known, `?digest=${digest}`)).status).toBe(200);
  expect((await refusalOf(await sendBytes(someBytes(2 * mebibyte), `?digest=${digest}`), 422)).code).toBe(
    "DIGEST_MISMATCH",
  );
});

it.each([100, 3 * mebibyte])("keeps nothing of a body that breaks off after %i bytes", async (sizeBytes) => {
  const bytes = someBytes(sizeBytes);
  for (const digest of [null, await digestOf(bytes)]) {
    for (const announced of [null, sizeBytes + 10]) {
      const body = new ReadableStream({
        start: (controller) => controller.enqueue(bytes),
        pull: (controller) => controller.error(new Error("the sender is gone")),
      });
      const sent = { body, sizeBytes: announced, digest, name: null, mediaType: null, by: "test" };
      const stored = await storeFile({ db: env.DB, blobs: env.BLOBS, now: () => new Date() }, sent);
      expect(stored).toMatchObject({ ok: false, failure: { code: "INVALID_REQUEST" } });
      expect(await env.BLOBS.head(blobKey(await digestOf(bytes)))).toBeNull();
      expect((await env.BLOBS.list({ prefix: "incoming/" })).objects).toEqual([]);
    }
  }
});

it("keeps nothing of a body that is shorter or longer than announced", async () => {
  for (const sizeBytes of [100, 3 * mebibyte]) {
    for (const wrongBy of [-1, 1]) {
      const bytes = someBytes(sizeBytes);
      const digest = await digestOf(bytes);
      const sent = {
        body: streamOf(bytes),
        sizeBytes: sizeBytes + wrongBy,
        digest,
        name: null,
        mediaType: null,
        by: "test",
      };
      const stored = await storeFile({ db: env.DB, blobs: env.BLOBS, now: () => new Date() }, sent);
      expect(stored).toMatchObject({ ok: false, failure: { code: "INVALID_REQUEST" } });
      expect(await env.BLOBS.head(blobKey(digest))).toBeNull();
    }
  }
});

it("refuses what is too large for one request, and says how to send it", async () => {
  const refused = await refusalOf(
    await ask("POST", "/v1/files", { body: new Uint8Array(limits.fileRequestBytes + 1) }),
    413,
  );
  expect(refused.code).toBe("BODY_TOO_LARGE");
  expect(refused.detail).toContain("/v1/uploads");
  const part = new Uint8Array(mebibyte);
  let left = limits.fileRequestBytes / mebibyte + 1;
  const endless = new ReadableStream({
    pull: (controller) => {
      if (left-- > 0) controller.enqueue(part);
      else controller.close();
    },
  });
  const response = await SELF.fetch("http://localhost/v1/files", {
    method: "POST",
    headers: { Authorization: `Bearer ${adminToken}` },
    body: endless,
  });
  expect((await refusalOf(response, 413)).code).toBe("BODY_TOO_LARGE");
});

it("refuses bytes that are encoded on their way", async () => {
  const refused = await refusalOf(await sendBytes(bytesOf("x"), "", { headers: { "Content-Encoding": "gzip" } }), 415);
  expect(refused.detail).toContain("gzip");
});

it("takes the media type from the bytes, then from the sender, then from the name", async () => {
  const typeOf = async (bytes: Uint8Array<ArrayBuffer>, query: string, type?: string) =>
    (await sendFile(bytes, query, type === undefined ? {} : { type })).media_type;
  expect(await typeOf(aPng("1"), "?name=a.txt", "text/plain")).toBe("image/png");
  expect(await typeOf(bytesOf("a,b\n1,2\n"), "?name=a.txt", "text/csv")).toBe("text/csv");
  expect(await typeOf(bytesOf("a,b\n1,3\n"), "?name=table.csv")).toBe("text/csv");
  expect(await typeOf(bytesOf("a,b\n1,4\n"), "?name=table.csv", "application/x-www-form-urlencoded")).toBe("text/csv");
  expect(await typeOf(bytesOf("a,b\n1,5\n"), "", "not a media type")).toBe("application/octet-stream");
  expect(await typeOf(bytesOf("BMI,height\n21,170\n"), "?name=people.csv")).toBe("text/csv");
  expect(await typeOf(bytesOf("%PDF-1.4\n%%EOF\n"), "", "text/plain")).toBe("application/pdf");
});

it("answers 404 to a digest that names nothing", async () => {
  const digest = `sha256:${"0".repeat(64)}`;
  for (const [method, path] of [
    ["GET", ""],
    ["GET", "/facts"],
    ["POST", ":sign"],
  ] as const) {
    expect((await refusalOf(await ask(method, `/v1/files/${digest}${path}`), 404)).code).toBe("FILE_NOT_FOUND");
  }
});
