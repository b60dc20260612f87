import { env } from "cloudflare:test";
import { expect, it } from "vitest";
import { blobKey, hasBlob, openBlob, putBlobFrom, putBlobStream } from "../../../src/bindings/r2/blob-store.ts";
import { isR2Refusal } from "../../../src/bindings/r2/r2-refusal.ts";
import { digestOfBytes } from "../../../src/domain/document/canonical-digest.ts";

const bytesOf = (text: string) => new TextEncoder().encode(text);

async function* chunks(...texts: string[]): AsyncGenerator<Uint8Array> {
  for (const text of texts) yield bytesOf(text);
}

async function* broken(text: string): AsyncGenerator<Uint8Array> {
  yield bytesOf(text);
  throw new RangeError("the source broke");
}

it("stores what is streamed, and gives any part of it", async () => {
  const digest = digestOfBytes(bytesOf("one two three"));
  await putBlobStream(env.BLOBS, digest, chunks("one ", "two ", "three"), 13, "text/plain");
  const part = await openBlob(env.BLOBS, digest, { offset: 4, length: 3 });
  expect(await new Response(part).text()).toBe("two");
  expect(await openBlob(env.BLOBS, digestOfBytes(bytesOf("nothing")), null)).toBeNull();
});

it.each([
  ["the source breaks", () => broken("half"), 8],
  ["fewer bytes come than were announced", () => chunks("half"), 8],
  ["more bytes come than were announced", () => chunks("half", "and more"), 8],
  ["no bytes come", () => chunks(), 8],
])("stores nothing when %s", async (_, source, sizeBytes) => {
  const digest = digestOfBytes(bytesOf("half"));
  await expect(putBlobStream(env.BLOBS, digest, source(), sizeBytes, "text/plain")).rejects.toThrow();
  expect(await hasBlob(env.BLOBS, digest)).toBe(false);
});

it("throws what the source threw, so that its reason is told", async () => {
  const digest = digestOfBytes(bytesOf("half"));
  await expect(putBlobStream(env.BLOBS, digest, broken("half"), 8, "text/plain")).rejects.toThrow(RangeError);
});

it("refuses bytes that are not of the digest, as R2 tells it", async () => {
  const digest = digestOfBytes(bytesOf("these"));
  const refused = await putBlobStream(env.BLOBS, digest, chunks("those"), 5, "text/plain").catch((error) => error);
  expect(isR2Refusal(refused, "badDigest")).toBe(true);
  expect(isR2Refusal(refused, "noSuchUpload")).toBe(false);
  await env.BLOBS.put("elsewhere", "those");
  const copied = await putBlobFrom(env.BLOBS, digest, "elsewhere", "text/plain").catch((error) => error);
  expect(isR2Refusal(copied, "badDigest")).toBe(true);
  expect(await env.BLOBS.head(blobKey(digest))).toBeNull();
  expect(await putBlobFrom(env.BLOBS, digest, "nowhere", "text/plain")).toBe(false);
});
