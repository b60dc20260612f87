import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { ask } from "./a-registry.ts";
import {
  anUploadRepository,
  digestBy,
  expectBlob,
  expectStored,
  finishUpload,
  pushBlob,
  randomBytes,
  refusedWith,
} from "./an-upload.ts";

const mount = (repository: string, digest: string, from: string | null, parameters = "") => {
  const source = from === null ? "" : `&from=${from}`;
  return ask("POST", `/v2/${repository}/blobs/uploads/?mount=${digest}${source}${parameters}`);
};

/** It is no refusal: the client is to send the blob instead, and can. */
async function expectSession(response: Response, repository: string): Promise<void> {
  expect(response.status).toBe(202);
  const bytes = randomBytes(30);
  const digest = await digestBy("sha256", bytes);
  const put = await finishUpload(response.headers.get("location") ?? "", digest, { body: bytes });
  expectStored(put, repository, digest);
}

it("makes a blob of one repository part of another, which keeps it when the first lets go of it", async () => {
  const [from, to] = [anUploadRepository(), anUploadRepository()];
  for (const algorithm of ["sha256", "sha512"] as const) {
    const bytes = randomBytes(100_000);
    const digest = await pushBlob(from, bytes, algorithm);
    expectStored(await mount(to, encodeURIComponent(digest), encodeURIComponent(from), "&origin=host"), to, digest);
    await expectBlob(to, digest, bytes);
    expect((await ask("DELETE", `/v2/${from}/blobs/${digest}`)).status).toBe(202);
    await expectBlob(to, digest, bytes);
    // Again, and from itself.
    expectStored(await mount(to, digest, to), to, digest);
  }
});

it("finds a blob in any repository that the caller may pull, when they name none", async () => {
  const [from, to] = [anUploadRepository(), anUploadRepository()];
  const bytes = randomBytes(200);
  const digest = await pushBlob(from, bytes);
  expectStored(await mount(to, digest, null), to, digest);
  await expectBlob(to, digest, bytes);
  await expectSession(await mount(to, await digestBy("sha256", randomBytes(5)), null), to);
});

it("begins an upload where there is nothing to mount", async () => {
  const [from, to] = [anUploadRepository(), anUploadRepository()];
  const digest = await pushBlob(from, randomBytes(100));
  await expectSession(await mount(to, digest, "no/such/repository"), to);
  await expectSession(await mount(to, await digestBy("sha256", randomBytes(5)), from), to);
  await expectSession(await mount(to, digest, "No%20Name!!"), to);
  expect((await ask("HEAD", `/v2/${to}/blobs/${digest}`)).status).toBe(404);
  await refusedWith(await mount(to, "sha256:abc", from), 400, "DIGEST_INVALID");
});

it("begins an upload when the bytes are being removed just now", async () => {
  const [from, to] = [anUploadRepository(), anUploadRepository()];
  const digest = await pushBlob(from, randomBytes(100));
  await env.DB.prepare("INSERT INTO blob_removal (digest, began_at) VALUES (?, ?)")
    .bind(digest, new Date().toISOString())
    .run();
  await expectSession(await mount(to, digest, from), to);
  await env.DB.prepare("DELETE FROM blob_removal WHERE digest = ?").bind(digest).run();
  expectStored(await mount(to, digest, from), to, digest);
});
