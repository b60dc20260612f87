import type { Hono } from "hono";
import { readBlob } from "../../bindings/r2/blob-store.ts";
import type { Failure } from "../../contract/failure.ts";
import type { ArtifactRoutes } from "../../contract/http/artifact-routes.ts";
import { headers } from "../../contract/http/headers.ts";
import { inlineDisposition } from "../../domain/file/content-disposition.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { findDocument } from "../../operations/lookup/find-document.ts";
import { lookUp } from "../../operations/lookup/look-up.ts";
import type { LookupRequest } from "../../operations/lookup/lookup-request.ts";
import { answerLookup, matches, noticeHeaders, provenanceHeaders } from "../answers/answer-lookup.ts";
import { isHttps, secureHeaders } from "../answers/secure-headers.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";
import { readReference } from "../requests/artifact-reference.ts";
import { chooseMediaType } from "../requests/choose-media-type.ts";
import { readMinSeq } from "../requests/min-seq.ts";

/** `GET /v1/{templates,functions,workflows,agents}/{reference}`: the route that must be quick. */
export function bindLookupRoutes(app: Hono<AppEnv>, { of, get }: ArtifactRoutes): void {
  bindRoute(app, get, async ({ params, query, request, needs }) => {
    const reference = readReference(of, params.reference, query.version);
    if (!reference.ok) return reference;
    const minSeq = readMinSeq(request);
    if (!minSeq.ok) return minSeq;
    const mediaType = chooseMediaType(of.kind, request.headers.get("accept"));
    if (!mediaType.ok) return mediaType;

    const asked: LookupRequest = { kind: of.kind, ...reference.value, minSeq: minSeq.value };
    const ifNoneMatch = request.headers.get("if-none-match");
    if (mediaType.value === "source") return answerSource(needs, asked, ifNoneMatch);
    const found = await lookUp(needs.lookUp, asked);
    if (!found.ok) return found;
    const secure = secureHeaders({ isPublic: needs.pages.publicReads, isHttps: isHttps(request) });
    return success(answerLookup(found.value, ifNoneMatch, needs.requestId, secure));
  });
}

/** The document as its author sent it, byte for byte. */
async function answerSource(
  needs: Needs,
  asked: LookupRequest,
  ifNoneMatch: string | null,
): Promise<Result<Response, Failure>> {
  const found = await findDocument(needs.lookUp, asked);
  if (!found.ok) return found;
  const { entry, published } = found.value;
  const etag = `"${published.source_digest}"`;
  const told = {
    "Content-Type": contentTypeOf(published.source_media_type),
    ...(published.source_file === null ? {} : { "Content-Disposition": inlineDisposition(published.source_file) }),
    "Cache-Control": "no-cache",
    ETag: etag,
    Vary: "Accept",
    [headers.version]: entry.version,
    [headers.requestId]: needs.requestId,
    ...noticeHeaders(published.kind, entry.state, entry.notice),
    ...provenanceHeaders(found.value),
  };
  if (ifNoneMatch !== null && matches(ifNoneMatch, etag))
    return success(new Response(null, { status: 304, headers: told }));
  const bytes = await readBlob(needs.blobs, published.source_digest);
  if (bytes === null) {
    return refusal({
      code: "UNAVAILABLE",
      message: `the source of ${published.kind} ${published.name}@${published.version} cannot be read now; ask for application/json`,
      retryAfterSeconds: 5,
    });
  }
  return success(new Response(bytes, { headers: told }));
}

/** Text of our own types is UTF-8; browsers must be told so where the type is `text/…`. */
function contentTypeOf(mediaType: string): string {
  return mediaType.startsWith("text/") ? `${mediaType}; charset=utf-8` : mediaType;
}
