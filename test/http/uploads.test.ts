import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { uploadKey } from "../../src/bindings/r2/incoming-store.ts";
import { file } from "../../src/contract/file/file.ts";
import { upload } from "../../src/contract/file/upload.ts";
import { limits } from "../../src/contract/limits.ts";
import { begin, digestOf, sendFile, sendPart, someBytes } from "./a-file.ts";
import { ask, askJson, refusalOf } from "./a-registry.ts";

const tail = 1000;
/** Two full parts and a tail. */
const whole = () => someBytes(2 * limits.uploadPartBytes + tail);
const complete = (path: string | null) => ask("POST", `${path}:complete`);

it("puts parts together that come in any order, and again", async () => {
  const bytes = whole();
  const begun = await begin(bytes, { name: "model.bin", media_type: "application/x-model" });
  expect(begun).toMatchObject({ state: "open", part_count: 3, part_bytes: limits.uploadPartBytes, received: [] });
  for (const [part, received] of [
    [3, [3]],
    [1, [1, 3]],
    [3, [1, 3]],
    [2, [1, 2, 3]],
  ] as const) {
    const sent = await sendPart(begun, bytes, part);
    expect(sent.status, await sent.clone().text()).toBe(200);
    expect(upload.parse(await sent.json()).received).toEqual(received);
  }
  expect(await (await ask("GET", begun.path ?? "")).json()).toEqual({ ...begun, received: [1, 2, 3] });
  const completed = file.parse(await (await complete(begun.path)).json());
  expect(completed).toMatchObject({ digest: await digestOf(bytes), size_bytes: bytes.byteLength, name: "model.bin" });
  expect(completed.media_type).toBe("application/x-model");
  const got = await ask("GET", `/v1/files/${completed.digest}`);
  expect(await digestOf(new Uint8Array(await got.arrayBuffer()))).toBe(completed.digest);
  // Completing again, as after an answer that was lost, is the same as once.
  const again = await complete(begun.path);
  expect(again.status).toBe(200);
  expect(await again.json()).toEqual(completed);
  expect(await env.BLOBS.head(uploadKey(begun.id))).toBeNull();
  expect((await refusalOf(await sendPart(begun, bytes, 1), 409)).code).toBe("STATE_CONFLICT");
});

it("takes the last of a part that was sent twice", async () => {
  const bytes = someBytes(500);
  const begun = await begin(bytes);
  const wrong = await ask("PUT", `${begun.path}/parts/1`, { body: someBytes(500) });
  expect(wrong.status).toBe(200);
  await wrong.body?.cancel();
  expect((await sendPart(begun, bytes, 1)).status).toBe(200);
  expect((await complete(begun.path)).status).toBe(200);
});

it("does not complete while parts are missing, and names them", async () => {
  const bytes = whole();
  const begun = await begin(bytes);
  expect((await sendPart(begun, bytes, 2)).status).toBe(200);
  const refused = await refusalOf(await complete(begun.path), 409);
  expect(refused.code).toBe("STATE_CONFLICT");
  expect(refused.detail).toContain("1, 3");
  expect((await ask("GET", begun.path ?? "")).status).toBe(200);
});

it("refuses a part of another size, with the size that it must have", async () => {
  const bytes = whole();
  const begun = await begin(bytes);
  for (const [part, size, wanted] of [
    [1, tail, limits.uploadPartBytes],
    [2, limits.uploadPartBytes - 1, limits.uploadPartBytes],
    [3, tail + 1, tail],
    [3, 0, tail],
    [1, limits.uploadPartBytes + 1, limits.uploadPartBytes],
  ] as const) {
    const refused = await refusalOf(
      await ask("PUT", `${begun.path}/parts/${part}`, { body: new Uint8Array(size) }),
      400,
    );
    expect(refused.code).toBe("INVALID_REQUEST");
    expect(refused.detail).toContain(String(wanted));
    expect(refused.detail).toContain(String(size));
  }
  const refused = await refusalOf(await sendPart(begun, bytes, 4), 400);
  expect(refused.detail).toContain("3 parts");
  expect(upload.parse(await (await ask("GET", begun.path ?? "")).json()).received).toEqual([]);
});

it("gives an upload up whose whole has another digest", async () => {
  const [said, sent] = [someBytes(700), someBytes(700)];
  const begun = await begin(said);
  expect((await sendPart(begun, sent, 1)).status).toBe(200);
  expect((await refusalOf(await complete(begun.path), 422)).code).toBe("DIGEST_MISMATCH");
  expect((await refusalOf(await ask("GET", begun.path ?? ""), 404)).code).toBe("UPLOAD_NOT_FOUND");
  for (const bytes of [said, sent]) expect(await env.BLOBS.head(blobKey(await digestOf(bytes)))).toBeNull();
  expect(await env.BLOBS.head(uploadKey(begun.id))).toBeNull();
});

it("sends nothing when the file is here already", async () => {
  const bytes = someBytes(900);
  const { digest } = await sendFile(bytes);
  const response = await askJson("POST", "/v1/uploads", { digest, size_bytes: 900 });
  expect(response.status).toBe(200);
  expect(upload.parse(await response.json())).toMatchObject({ id: null, state: "complete", path: null, query: null });
  const wrong = await refusalOf(await askJson("POST", "/v1/uploads", { digest, size_bytes: 901 }), 422);
  expect(wrong.code).toBe("DIGEST_MISMATCH");
});

it("gives an upload up, now or before, but not one that is complete", async () => {
  const bytes = someBytes(300);
  const begun = await begin(bytes);
  expect((await sendPart(begun, bytes, 1)).status).toBe(200);
  for (const _ of ["once", "and again"]) {
    const given = await ask("DELETE", begun.path ?? "");
    expect(given.status).toBe(200);
    expect(await given.json()).toEqual({ id: begun.id });
  }
  for (const [method, path] of [
    ["GET", ""],
    ["PUT", "/parts/1"],
    ["POST", ":complete"],
  ] as const) {
    const response = await ask(method, `${begun.path}${path}`, method === "PUT" ? { body: bytes } : {});
    expect((await refusalOf(response, 404)).code).toBe("UPLOAD_NOT_FOUND");
  }
  const done = await begin(bytes);
  expect((await sendPart(done, bytes, 1)).status).toBe(200);
  expect((await complete(done.path)).status).toBe(200);
  expect((await ask("DELETE", done.path ?? "")).status).toBe(200);
  expect((await complete(done.path)).status).toBe(200);
});

it("goes on with completing where a crash stopped it", async () => {
  // The crash came after R2 had put the parts together and before anyone copied them.
  const bytes = someBytes(400);
  const begun = await begin(bytes);
  expect((await sendPart(begun, bytes, 1)).status).toBe(200);
  const row = await env.DB.prepare(
    "SELECT r2_upload_id, etag FROM upload JOIN upload_part ON upload_id = id WHERE id = ?",
  )
    .bind(begun.id)
    .first<{ r2_upload_id: string; etag: string }>();
  const parts = env.BLOBS.resumeMultipartUpload(uploadKey(begun.id), row?.r2_upload_id ?? "");
  await parts.complete([{ partNumber: 1, etag: row?.etag ?? "" }]);
  expect((await refusalOf(await sendPart(begun, bytes, 1), 409)).detail).toContain("put together");
  expect((await complete(begun.path)).status).toBe(200);
  expect((await ask("GET", `/v1/files/${begun.digest}`)).status).toBe(200);
});

it("completes once, however many ask at the same time", async () => {
  const bytes = someBytes(limits.uploadPartBytes + 10);
  const begun = await begin(bytes);
  for (const part of [1, 2]) expect((await sendPart(begun, bytes, part)).status).toBe(200);
  const answers = await Promise.all(Array.from({ length: 6 }, () => complete(begun.path)));
  for (const answer of answers) {
    expect(answer.status, await answer.clone().text()).toBe(200);
    expect(file.parse(await answer.json()).digest).toBe(begun.digest);
  }
  const rows = await env.DB.prepare("SELECT count(*) AS n FROM file WHERE digest = ?").bind(begun.digest).first("n");
  expect(rows).toBe(1);
});

it("asks for all parts again when R2 has others than were noted", async () => {
  const bytes = someBytes(600);
  const begun = await begin(bytes);
  expect((await sendPart(begun, bytes, 1)).status).toBe(200);
  await env.DB.prepare("UPDATE upload_part SET etag = 'of another copy' WHERE upload_id = ?").bind(begun.id).run();
  expect((await refusalOf(await complete(begun.path), 409)).code).toBe("STATE_CONFLICT");
  expect(upload.parse(await (await ask("GET", begun.path ?? "")).json()).received).toEqual([]);
  expect((await sendPart(begun, bytes, 1)).status).toBe(200);
  expect((await complete(begun.path)).status).toBe(200);
});

it.each([
  [{ size_bytes: 0 }, "size_bytes"],
  [{ size_bytes: limits.fileBytes + 1 }, "size_bytes"],
  [{ size_bytes: 1.5 }, "size_bytes"],
  [{ digest: "sha256:ABC" }, "digest"],
  [{ name: "a/b" }, "name"],
  [{ name: "" }, "name"],
  [{ media_type: "nonsense" }, "media_type"],
  [{ colour: "red" }, "colour"],
])("refuses to begin with %j", async (parts, word) => {
  const asked = { digest: await digestOf(someBytes(10)), size_bytes: 10, ...parts };
  const refused = await refusalOf(await askJson("POST", "/v1/uploads", asked), 400);
  expect(JSON.stringify(refused.issues)).toContain(word);
});
