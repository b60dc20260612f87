import { limits } from "../../contract/limits.ts";
import { ociDigest } from "../../contract/oci/digest.ts";
import type { OciFailure } from "../../contract/oci/failure.ts";
import { parseContentRange } from "../../domain/oci/parse-content-range.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { cancelUpload } from "../../operations/oci/upload/cancel-upload.ts";
import { completeUpload } from "../../operations/oci/upload/complete-upload.ts";
import { findSession, type UploadFailure } from "../../operations/oci/upload/find-session.ts";
import { discardBody } from "../../operations/oci/upload/receive-body.ts";
import { sendBlob } from "../../operations/oci/upload/send-blob.ts";
import { type SentChunk, sendChunk } from "../../operations/oci/upload/send-chunk.ts";
import { announcedSize } from "../requests/announced-size.ts";
import { answerOciFailure } from "./answer-failure.ts";
import { answerStored } from "./answer-stored.ts";
import type { OciAsked } from "./asked.ts";
import { digestInvalid } from "./digest-invalid.ts";
import { answerMount } from "./mount-route.ts";

/** `POST /v2/{repository}/blobs/uploads/`: a whole blob (`digest`), one that another repository has (`mount`), or a session to send it in. */
export async function answerUploads(asked: OciAsked): Promise<Response> {
  const { url, repository, needs } = asked;
  const mount = url.searchParams.get("mount");
  const mounted = mount === null ? null : await answerMount(asked, mount);
  if (mounted !== null) return mounted;
  if (mount === null && url.searchParams.has("digest")) return takeBlob(asked);
  const algorithm = url.searchParams.get("digest-algorithm");
  if (algorithm !== null && algorithm !== "sha256" && algorithm !== "sha512") {
    const message = `digests are made by sha256 or sha512, not by ${algorithm.slice(0, 50)}`;
    return answerOciFailure({ code: "DIGEST_INVALID", message });
  }
  const id = needs.uploadIds.write(repository, crypto.randomUUID(), needs.now());
  const headers = { ...sessionHeaders(repository, id, 0), "OCI-Chunk-Min-Length": String(limits.chunkMinBytes) };
  return new Response(null, { status: 202, headers });
}

/** `GET`, `PATCH`, `PUT` and `DELETE /v2/{repository}/blobs/uploads/{id}`. */
export async function answerUpload(asked: OciAsked, id: string): Promise<Response> {
  const { request, repository, needs } = asked;
  if (request.method === "PUT") return finish(asked, id);
  if (request.method === "DELETE") {
    const cancelled = await cancelUpload(needs, { repository, id });
    return cancelled.ok ? new Response(null, { status: 204 }) : refuse(asked, id, cancelled.failure);
  }
  if (request.method === "PATCH") {
    const chunk = chunkOf(asked, id);
    const sent = chunk.ok ? await sendChunk(needs, chunk.value) : chunk;
    return sent.ok ? answerSession(202, repository, id, sent.value.sizeBytes) : refuse(asked, id, sent.failure);
  }
  const found = await findSession(needs, repository, id);
  return found.ok ? answerSession(204, repository, id, found.value.sizeBytes) : refuse(asked, id, found.failure);
}

async function finish(asked: OciAsked, id: string): Promise<Response> {
  const digest = digestOf(asked);
  if (!digest.ok) return refuse(asked, id, digest.failure);
  const chunk = chunkOf(asked, id);
  const sent = chunk.ok ? await completeUpload(asked.needs, { ...chunk.value, digest: digest.value }) : chunk;
  if (!sent.ok) return refuse(asked, id, sent.failure);
  // What is completed already needs no bytes.
  if (!asked.request.bodyUsed) await discardBody(asked.request.body);
  return answerStored(asked.repository, digest.value);
}

async function takeBlob(asked: OciAsked): Promise<Response> {
  const digest = digestOf(asked);
  if (!digest.ok) return refuse(asked, null, digest.failure);
  const size = sizeOf(asked);
  const { repository, request, needs } = asked;
  const blob = { repository, digest: digest.value, body: request.body };
  const sent = size.ok ? await sendBlob(needs, { ...blob, sizeBytes: size.value }) : size;
  return sent.ok ? answerStored(repository, digest.value) : refuse(asked, null, sent.failure);
}

function digestOf({ url }: OciAsked): Result<string, OciFailure> {
  const digest = url.searchParams.get("digest");
  if (digest === null || digest === "") {
    return refusal({ code: "DIGEST_INVALID", message: "add ?digest=sha256:… to say what the blob is" });
  }
  return ociDigest.safeParse(digest).success ? success(digest) : refusal(digestInvalid(digest));
}

function chunkOf(asked: OciAsked, id: string): Result<SentChunk, OciFailure> {
  const { request, repository } = asked;
  const size = sizeOf(asked);
  if (!size.ok) return size;
  const range = parseContentRange(request.headers.get("content-range"));
  return success({ repository, id, range, body: request.body, sizeBytes: size.value });
}

function sizeOf({ request }: OciAsked): Result<number | null, OciFailure> {
  const size = announcedSize(request);
  return size.ok ? size : refusal({ code: "BLOB_UPLOAD_INVALID", status: 415, message: size.failure.message });
}

function answerSession(status: number, repository: string, id: string, sizeBytes: number): Response {
  return new Response(null, { status, headers: sessionHeaders(repository, id, sizeBytes) });
}

/** Where to go on, and what is there. A range cannot say "nothing": clients know `0-0` as that. */
function sessionHeaders(repository: string, id: string, sizeBytes: number): Record<string, string> {
  return {
    Location: `/v2/${repository}/blobs/uploads/${encodeURIComponent(id)}`,
    Range: `0-${Math.max(0, sizeBytes - 1)}`,
    "Docker-Upload-UUID": id,
    "Cache-Control": "no-store",
  };
}

/** A refusal; where the session is known it says how to go on with it. */
async function refuse(asked: OciAsked, id: string | null, failure: UploadFailure): Promise<Response> {
  await discardBody(asked.request.body);
  const { sizeBytes, ...told } = failure;
  const goOn = id === null || sizeBytes === undefined ? {} : sessionHeaders(asked.repository, id, sizeBytes);
  return answerOciFailure(told, goOn);
}
