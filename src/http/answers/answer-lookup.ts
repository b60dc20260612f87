import { collectionOf } from "../../contract/artifact/kind.ts";
import type { StateNotice, VersionState } from "../../contract/artifact/name-index.ts";
import { headers } from "../../contract/http/headers.ts";
import type { Lookup } from "../../operations/lookup/look-up.ts";
import type { LookupAnswer, Provenance } from "../../operations/lookup/lookup-answer.ts";
import type { secureHeaders } from "./secure-headers.ts";

/**
 * The headers of answers from memory, kept while the state that they tell lasts: copying a `Headers` costs the runtime half of
 * what making one does, and a hot lookup does little else.
 */
const knownHeaders = new WeakMap<LookupAnswer, { seq: number; secure: SecureHeaders; headers: Headers }>();

type SecureHeaders = ReturnType<typeof secureHeaders>;

/** A lookup's answer: the bytes from memory, or 304 when the caller has them. */
export function answerLookup(
  lookup: Lookup,
  ifNoneMatch: string | null,
  requestId: string,
  secure: SecureHeaders,
): Response {
  const { answer } = lookup;
  const isUnchanged = ifNoneMatch !== null && matches(ifNoneMatch, answer.etag);
  const all = headersOf(lookup, secure);
  const response = isUnchanged
    ? new Response(null, { status: 304, headers: all })
    : new Response(answer.body, { headers: all });
  response.headers.append(headers.requestId, requestId);
  return response;
}

/** What every answer says about its own freshness. */
export function provenanceHeaders(provenance: Provenance): Record<string, string> {
  const told: Record<string, string> = { [headers.seq]: String(provenance.seq), [headers.tier]: provenance.tier };
  if (provenance.staleSeconds !== null) {
    told.Age = String(provenance.staleSeconds);
    told[headers.stale] = "true";
  }
  return told;
}

/** What an answer says about a version that is deprecated or yanked (RFC 9745, RFC 8594, RFC 5829). */
export function noticeHeaders(
  kind: LookupAnswer["kind"],
  state: VersionState,
  notice: StateNotice | null,
): Record<string, string> {
  if (state !== "deprecated" || notice === null) return {};
  const collection = Object.entries(collectionOf).find(([known]) => known === kind)?.[1] ?? "templates";
  return {
    Deprecation: `@${Math.floor(Date.parse(notice.since) / 1000)}`,
    ...(notice.sunset === null ? {} : { Sunset: new Date(notice.sunset).toUTCString() }),
    ...(notice.successor === null
      ? {}
      : { Link: `</v1/${collection}/${encodeURI(notice.successor)}>; rel="successor-version"` }),
  };
}

/** If-None-Match compares weakly (RFC 9110 section 13.1.2). */
export function matches(ifNoneMatch: string, etag: string): boolean {
  if (ifNoneMatch === etag || ifNoneMatch === "*") return true;
  return ifNoneMatch.split(",").some((candidate) => candidate.trim().replace(/^W\//, "") === etag);
}

/** All but the request's own id. */
function headersOf(lookup: Lookup, secure: SecureHeaders): Headers {
  const { answer, seq, tier, staleSeconds } = lookup;
  const known = knownHeaders.get(answer);
  const isHot = tier === "memory" && staleSeconds === null;
  if (isHot && known?.seq === seq && known.secure === secure) return known.headers;
  const made = new Headers({
    "Content-Type": "application/json",
    "Cache-Control": answer.isImmutable ? "public, max-age=31536000, immutable" : "no-cache",
    ETag: answer.etag,
    Vary: "Accept",
    [headers.version]: answer.entry.version,
    ...noticeHeaders(answer.kind, answer.entry.state, answer.entry.notice),
    ...provenanceHeaders(lookup),
    ...secure,
  });
  if (isHot) knownHeaders.set(answer, { seq, secure, headers: made });
  return made;
}
