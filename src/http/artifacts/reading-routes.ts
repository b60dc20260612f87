import type { Hono } from "hono";
import semver from "semver";
import { z } from "zod";
import type { VersionEntry } from "../../contract/artifact/name-index.ts";
import type { VersionList } from "../../contract/artifact/resolved.ts";
import { version } from "../../contract/artifact/version.ts";
import type { ArtifactRoutes } from "../../contract/http/artifact-routes.ts";
import { limits } from "../../contract/limits.ts";
import { refusal, success } from "../../domain/result.ts";
import { listCatalogue } from "../../operations/catalogue/list-catalogue.ts";
import { findIndex } from "../../operations/lookup/find-index.ts";
import { answerJson } from "../answers/answer-json.ts";
import { provenanceHeaders } from "../answers/answer-lookup.ts";
import { seqHeader } from "../answers/seq-header.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { readMinSeq } from "../requests/min-seq.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";

/** A place in the list, or in the answer to one question. */
const cataloguePlace = z.strictObject({ rank: z.int(), name: z.string(), q: z.string().nullable() });
const versionPlace = z.strictObject({ after: version });

/** What is read of a kind beside the lookup itself: the catalogue, and versions. */
export function bindReadingRoutes(app: Hono<AppEnv>, routes: ArtifactRoutes): void {
  const { kind } = routes.of;

  bindRoute(app, routes.list, async ({ query, request, needs, caller }) => {
    const { q = null, category = null, tag: keyword = null, runtime = null, gpu = null, state = null } = query;
    const after = query.cursor === undefined ? success(null) : decodeCursor(cataloguePlace, query.cursor);
    if (!after.ok) return after;
    if (after.value !== null && after.value.q !== q) {
      const message =
        "the cursor continues a list with another q; send the q that it came from, or start again without it";
      return refusal({ code: "INVALID_REQUEST", message });
    }
    const filter = { kind, q, category, keyword, runtime, gpu, state, names: caller.names };
    const page = await listCatalogue(needs.db, filter, after.value, query.limit ?? limits.pageItemsDefault);
    const cursor = page.next === null ? null : encodeCursor({ ...page.next, q });
    const told = { ...seqHeader(page.seq), ...nextLink(request.url, cursor) };
    return success(answerJson({ items: page.items, next_cursor: cursor }, needs.requestId, 200, told));
  });

  bindRoute(app, routes.versions.list, async ({ params, query, request, needs }) => {
    const minSeq = readMinSeq(request);
    if (!minSeq.ok) return minSeq;
    const after = query.cursor === undefined ? success(null) : decodeCursor(versionPlace, query.cursor);
    if (!after.ok) return after;
    const found = await findIndex(needs.lookUp, kind, params.name, minSeq.value);
    if (!found.ok) return found;
    const { index } = found.value.remembered;
    if (index.versions.length === 0) {
      return refusal({ code: "NAME_NOT_FOUND", message: `no ${kind} is published under the name ${params.name}` });
    }
    const page = pageOf(index.versions, after.value?.after ?? null, query.limit ?? limits.pageItemsDefault);
    const cursor = page.next === null ? null : encodeCursor({ after: page.next });
    const list: VersionList = {
      kind,
      name: params.name,
      tags: index.tags,
      versions: page.items,
      next_cursor: cursor,
    };
    const told = { ...provenanceHeaders(found.value), ...nextLink(request.url, cursor) };
    return success(answerJson(list, needs.requestId, 200, told));
  });
}

/** Versions are ordered highest first; a page starts after the version that the one before ended with. */
function pageOf(
  versions: VersionEntry[],
  after: string | null,
  limit: number,
): { items: VersionEntry[]; next: string | null } {
  const found = after === null ? 0 : versions.findIndex((entry) => semver.lt(entry.version, after));
  const start = found < 0 ? versions.length : found;
  const items = versions.slice(start, start + limit);
  return { items, next: start + limit < versions.length ? (items.at(-1)?.version ?? null) : null };
}
