import type { FoundManifest } from "../../bindings/durable/repository.ts";
import { openBlob } from "../../bindings/r2/blob-store.ts";
import { deleteManifest } from "../../operations/oci/manifest/delete-manifest.ts";
import { findManifest } from "../../operations/oci/manifest/find-manifest.ts";
import { pushManifest } from "../../operations/oci/manifest/push-manifest.ts";
import { matches } from "../answers/answer-lookup.ts";
import { usersBytesPolicy } from "../answers/secure-headers.ts";
import { answerOciFailure } from "./answer-failure.ts";
import type { OciAsked } from "./asked.ts";
import { readManifestBody } from "./read-manifest-body.ts";
import { warningHeader } from "./warning-header.ts";

/** `/v2/{repository}/manifests/{tag or digest}`. */
export function answerManifest(asked: OciAsked, reference: string): Promise<Response> {
  if (asked.request.method === "PUT") return putManifest(asked, reference);
  if (asked.request.method === "DELETE") return removeManifest(asked, reference);
  return getManifest(asked, reference);
}

async function getManifest({ request, repository, needs }: OciAsked, reference: string): Promise<Response> {
  const found = await findManifest(needs, repository, reference);
  if (!found.ok) return answerOciFailure(found.failure);
  const { digest, sizeBytes, mediaType, warning } = found.value;
  const etag = `"${digest}"`;
  const told = {
    "Docker-Content-Digest": digest,
    ETag: etag,
    // A tag moves, and what a digest names may be deleted.
    "Cache-Control": "no-cache",
    "Content-Security-Policy": usersBytesPolicy,
    ...(warning === null ? {} : { Warning: warningHeader(warning) }),
  };
  const ifNoneMatch = request.headers.get("if-none-match");
  if (ifNoneMatch !== null && matches(ifNoneMatch, etag)) return new Response(null, { status: 304, headers: told });
  const headers = { ...told, "Content-Type": mediaType, "Content-Length": String(sizeBytes) };
  if (request.method === "HEAD") return new Response(null, { headers });
  return new Response(await bytesOf(needs.blobs, found.value), { headers });
}

async function bytesOf(blobs: R2Bucket, { digest, bytes }: FoundManifest): Promise<Uint8Array | ReadableStream> {
  const body = bytes ?? (await openBlob(blobs, digest, null));
  if (body === null) throw new Error(`R2 lacks manifest ${digest}`);
  return body;
}

async function putManifest(
  { request, url, repository, needs, caller }: OciAsked,
  reference: string,
): Promise<Response> {
  const bytes = await readManifestBody(request);
  if (!bytes.ok) return answerOciFailure(bytes.failure);
  const tags = url.searchParams.getAll("tag");
  const contentType = request.headers.get("content-type");
  const sent = { repository, reference, tags, bytes: bytes.value, contentType };
  const pushed = await pushManifest(needs, sent, caller.name);
  if (!pushed.ok) return answerOciFailure(pushed.failure);
  const { digest, subject } = pushed.value;
  const headers = new Headers({
    Location: `/v2/${repository}/manifests/${digest}`,
    "Docker-Content-Digest": digest,
    ...(subject === null ? {} : { "OCI-Subject": subject }),
  });
  for (const tag of new Set(tags)) headers.append("OCI-Tag", tag);
  return new Response(null, { status: 201, headers });
}

async function removeManifest({ repository, needs, caller }: OciAsked, reference: string): Promise<Response> {
  const deleted = await deleteManifest(needs, repository, reference, caller.name);
  return deleted.ok ? new Response(null, { status: 202 }) : answerOciFailure(deleted.failure);
}
