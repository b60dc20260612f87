import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { blobKey, deleteBlobs, hasBlob, listBlobs, putBlob, readBlob } from "../../../src/bindings/r2/blob-store.ts";
import { digestOfBytes } from "../../../src/domain/document/canonical-digest.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

it("keeps bytes under their digest", async () => {
  const bytes = bytesOf("some bytes");
  const digest = digestOfBytes(bytes);
  expect(await readBlob(env.BLOBS, digest)).toBeNull();
  for (const _ of ["once", "and again"]) await putBlob(env.BLOBS, digest, bytes, "text/plain");
  expect(new Uint8Array((await readBlob(env.BLOBS, digest)) ?? new ArrayBuffer())).toEqual(bytes);
  expect(blobKey(digest)).toBe(`blobs/sha256/${digest.slice(7)}`);
});

it("does not keep bytes under a digest that is not theirs", async () => {
  const digest = digestOfBytes(bytesOf("these"));
  await expect(putBlob(env.BLOBS, digest, bytesOf("those"), "text/plain")).rejects.toThrow();
  expect(await hasBlob(env.BLOBS, digest)).toBe(false);
});

it("lists every blob once, in pages", async () => {
  const digests = Array.from({ length: 7 }, (_, index) => digestOfBytes(bytesOf(`listed ${index}`)));
  for (const [index, digest] of digests.entries())
    await putBlob(env.BLOBS, digest, bytesOf(`listed ${index}`), "text/plain");
  const found: string[] = [];
  let after: string | null = null;
  do {
    const page: Awaited<ReturnType<typeof listBlobs>> = await listBlobs(env.BLOBS, after, 3);
    expect(page.blobs.length).toBeLessThanOrEqual(3);
    found.push(...page.blobs.map((blob) => blob.digest));
    after = page.next;
  } while (after !== null);
  expect(found).toEqual(expect.arrayContaining(digests));
  expect(new Set(found).size).toBe(found.length);
});

it("deletes what is there and what is not", async () => {
  const bytes = bytesOf("short-lived");
  const digest = digestOfBytes(bytes);
  await putBlob(env.BLOBS, digest, bytes, "text/plain");
  await deleteBlobs(env.BLOBS, [digest, `sha256:${"0".repeat(64)}`]);
  await deleteBlobs(env.BLOBS, []);
  expect(await hasBlob(env.BLOBS, digest)).toBe(false);
});
