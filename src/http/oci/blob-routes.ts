import { ociDigest } from "../../contract/oci/digest.ts";
import { parseBlobRange } from "../../domain/oci/parse-blob-range.ts";
import { blobUnknown } from "../../operations/oci/blob/blob-unknown.ts";
import { openBytes } from "../../operations/oci/blob/open-bytes.ts";
import { matches } from "../answers/answer-lookup.ts";
import { usersBytesPolicy } from "../answers/secure-headers.ts";
import { answerOciFailure } from "./answer-failure.ts";
import type { OciAsked } from "./asked.ts";
import { digestInvalid } from "./digest-invalid.ts";

/** `GET`, `HEAD` and `DELETE /v2/{repository}/blobs/{digest}`. */
export async function answerBlob(asked: OciAsked, digest: string): Promise<Response> {
  if (!ociDigest.safeParse(digest).success) return answerOciFailure(digestInvalid(digest));
  return asked.request.method === "DELETE" ? removeBlob(asked, digest) : sendBlob(asked, digest);
}

async function removeBlob({ repository, needs }: OciAsked, digest: string): Promise<Response> {
  const deleted = await needs.repositories(repository).deleteBlob(repository, digest);
  return deleted.ok ? new Response(null, { status: 202 }) : answerOciFailure(deleted.failure);
}

/** The bytes, as `Range`, `If-Range` and `If-None-Match` ask for them (RFC 9110 sections 13 and 14). */
async function sendBlob({ request, repository, needs }: OciAsked, digest: string): Promise<Response> {
  // HEAD is how a push asks what it need not send; what it is told of must still be there when its manifest comes.
  const isHead = request.method === "HEAD";
  const found = await needs.repositories(repository).findBlob(repository, digest, isHead);
  if (found === null) return answerOciFailure(blobUnknown(repository, digest).failure);
  const { sizeBytes } = found;
  const etag = `"${digest}"`;
  const told = { ...fixedHeaders, ETag: etag, "Docker-Content-Digest": digest, "Cache-Control": caching(request) };
  const ifNoneMatch = request.headers.get("if-none-match");
  if (ifNoneMatch !== null && matches(ifNoneMatch, etag)) return new Response(null, { status: 304, headers: told });
  const range = askedRange(request, etag, sizeBytes);
  if (range === "outside") return outside(request, digest, sizeBytes);
  const isWhole = range === "all";
  const headers = {
    ...told,
    "Content-Length": String(isWhole ? sizeBytes : range.length),
    ...(isWhole ? {} : { "Content-Range": `bytes ${range.offset}-${range.offset + range.length - 1}/${sizeBytes}` }),
  };
  if (isHead) return new Response(null, { headers });
  const bytes = await openBytes(needs, { digest, sizeBytes }, isWhole ? null : range);
  if (bytes === null) return answerOciFailure(blobUnknown(repository, digest).failure);
  return new Response(bytes, { status: isWhole ? 200 : 206, headers });
}

/**
 * Bytes of a digest never change. They are what some user sent, so nobody may take them for a page of ours. Without a type of its own the
 * answer would be compressed on its way, and lose its length.
 */
const fixedHeaders = {
  "Content-Type": "application/octet-stream",
  "Accept-Ranges": "bytes",
  "Content-Security-Policy": usersBytesPolicy,
};

/** What was answered without credentials is public. */
function caching(request: Request): string {
  const isPublic = !request.headers.has("authorization");
  return `${isPublic ? "public" : "private"}, max-age=31536000, immutable, no-transform`;
}

function askedRange(request: Request, etag: string, sizeBytes: number): ReturnType<typeof parseBlobRange> {
  // Only GET knows ranges. If-Range compares strongly, and a date says nothing about a blob that has none.
  const ifRange = request.headers.get("if-range");
  if (request.method !== "GET" || (ifRange !== null && ifRange.trim() !== etag)) return "all";
  return parseBlobRange(request.headers.get("range"), sizeBytes);
}

function outside(request: Request, digest: string, sizeBytes: number): Response {
  const asked = (request.headers.get("range") ?? "").slice(0, 100);
  const message = `the range ${asked} lies outside ${digest}, which has ${sizeBytes} bytes; ranges count from 0`;
  return answerOciFailure(
    { code: "SIZE_INVALID", status: 416, message },
    { "Content-Range": `bytes */${sizeBytes}`, "Accept-Ranges": "bytes" },
  );
}
