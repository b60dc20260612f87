import { openBlob } from "../../bindings/r2/blob-store.ts";
import type { Failure } from "../../contract/failure.ts";
import type { File } from "../../contract/file/file.ts";
import { headers } from "../../contract/http/headers.ts";
import { contentDisposition, downloadName } from "../../domain/file/content-disposition.ts";
import { type AskedRange, parseRange } from "../../domain/file/parse-range.ts";
import { type Result, success } from "../../domain/result.ts";
import { fileNotFound } from "../../operations/file/find-file.ts";
import { matches } from "../answers/answer-lookup.ts";
import { answerProblem } from "../answers/answer-problem.ts";
import { usersBytesPolicy } from "../answers/secure-headers.ts";
import type { Needs } from "../needs.ts";

/** A file's bytes, as `Range`, `If-Range` and `If-None-Match` ask for them (RFC 9110 sections 13 and 14). */
export async function answerFile(
  { blobs, requestId }: Pick<Needs, "blobs" | "requestId">,
  request: Request,
  file: File,
  isDownload: boolean,
): Promise<Result<Response, Failure>> {
  const etag = `"${file.digest}"`;
  const told = {
    ...fixedHeaders,
    ETag: etag,
    [headers.requestId]: requestId,
    ...(isDownload ? { "Content-Disposition": contentDisposition(downloadName(file)) } : {}),
  };
  const ifNoneMatch = request.headers.get("if-none-match");
  if (ifNoneMatch !== null && matches(ifNoneMatch, etag)) {
    return success(new Response(null, { status: 304, headers: told }));
  }
  const range = askedRange(request, etag, file.size_bytes);
  if (range === "outside") return success(outside(requestId, request, file));
  const isWhole = range === "all";
  const length = isWhole ? file.size_bytes : range.length;
  const all = {
    ...told,
    "Content-Type": file.media_type,
    "Content-Length": String(length),
    ...(isWhole ? {} : { "Content-Range": contentRange(range, file.size_bytes) }),
  };
  if (request.method === "HEAD") return success(new Response(null, { headers: all }));
  const bytes = await openBlob(blobs, file.digest, isWhole ? null : range);
  if (bytes === null) return fileNotFound(file.digest);
  return success(new Response(bytes, { status: isWhole ? 200 : 206, headers: all }));
}

/**
 * Bytes of a digest never change. They are what some user sent: no page of theirs may run as one of ours (`sandbox`), and nobody
 * guesses another type than the one told. `no-transform`: a compressed answer would have another ETag, and no ranges.
 */
const fixedHeaders = {
  "Accept-Ranges": "bytes",
  "Cache-Control": "private, max-age=31536000, immutable, no-transform",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": usersBytesPolicy,
};

function askedRange(request: Request, etag: string, sizeBytes: number): AskedRange {
  // Only GET knows ranges. If-Range compares strongly, and a date says nothing about a file that has none.
  const ifRange = request.headers.get("if-range");
  if (request.method !== "GET" || (ifRange !== null && ifRange.trim() !== etag)) return "all";
  return parseRange(request.headers.get("range"), sizeBytes);
}

function contentRange({ offset, length }: { offset: number; length: number }, sizeBytes: number): string {
  return `bytes ${offset}-${offset + length - 1}/${sizeBytes}`;
}

function outside(requestId: string, request: Request, { digest, size_bytes: sizeBytes }: File): Response {
  const asked = (request.headers.get("range") ?? "").slice(0, 100);
  const message = `the range ${asked} lies outside ${digest}, which has ${sizeBytes} bytes; ranges count from 0`;
  return answerProblem({ code: "RANGE_NOT_SATISFIABLE", message }, requestId, {
    "Content-Range": `bytes */${sizeBytes}`,
    "Accept-Ranges": "bytes",
  });
}
