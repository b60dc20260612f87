import type { Hono } from "hono";
import { z } from "zod";
import { loadTagMoves } from "../../bindings/d1/artifact/tag-history.ts";
import { type ArtifactKind, collectionOf } from "../../contract/artifact/kind.ts";
import type { NameIndex } from "../../contract/artifact/name-index.ts";
import type { TagAnswer } from "../../contract/artifact/resolved.ts";
import type { Failure } from "../../contract/failure.ts";
import type { ArtifactRoutes } from "../../contract/http/artifact-routes.ts";
import type { TagHistory } from "../../contract/http/tag-routes.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { type FoundIndex, findIndex } from "../../operations/lookup/find-index.ts";
import { answerJson } from "../answers/answer-json.ts";
import { provenanceHeaders } from "../answers/answer-lookup.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";
import { readMinSeq } from "../requests/min-seq.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";
import { answerChange } from "./version-routes.ts";

const historyPlace = z.strictObject({ before: z.int().positive() });

/** Tags: read, move, delete, history. */
export function bindTagRoutes(app: Hono<AppEnv>, { of: { kind }, tags }: ArtifactRoutes): void {
  bindRoute(app, tags.list, async ({ params, request, needs }) => {
    const found = await findPublished(needs, request, kind, params.name);
    if (!found.ok) return found;
    const { index } = found.value.remembered;
    const all = Object.keys(index.tags)
      .sort()
      .flatMap((tag) => tagOf(index, tag) ?? []);
    return success(
      answerJson({ kind, name: params.name, tags: all }, needs.requestId, 200, provenanceHeaders(found.value)),
    );
  });

  bindRoute(app, tags.get, async ({ params, request, needs }) => {
    const found = await findPublished(needs, request, kind, params.name);
    if (!found.ok) return found;
    const tag = tagOf(found.value.remembered.index, params.tag);
    if (tag === null) return tagNotFound(kind, params.name, params.tag);
    return success(answerJson(tag, needs.requestId, 200, provenanceHeaders(found.value)));
  });

  bindRoute(app, tags.put, async ({ params, body, needs, caller }) => {
    const move = { kind, ...params, version: body.version, reason: body.reason ?? null };
    const moved = await needs.registrars(kind, params.name).moveTag(move, caller.name);
    return moved.ok ? success(answerChange(moved.value, needs)) : moved;
  });

  bindRoute(app, tags.remove, async ({ params, query, needs, caller }) => {
    const move = { kind, ...params, version: null, reason: query.reason ?? null };
    const moved = await needs.registrars(kind, params.name).moveTag(move, caller.name);
    return moved.ok ? success(answerChange(moved.value, needs)) : moved;
  });

  bindRoute(app, tags.history, async ({ params, query, request, needs }) => {
    const before = query.cursor === undefined ? success(null) : decodeCursor(historyPlace, query.cursor);
    if (!before.ok) return before;
    const limit = query.limit ?? limits.pageItemsDefault;
    const found = await loadTagMoves(needs.db, kind, params.name, params.tag, before.value?.before ?? null, limit + 1);
    if (found.length === 0 && before.value === null) return tagNotFound(kind, params.name, params.tag);
    const last = found.length > limit ? found[limit - 1] : undefined;
    const cursor = last === undefined ? null : encodeCursor({ before: last.id });
    const moves = found.slice(0, limit).map(({ id: _, ...move }) => move);
    const history: TagHistory = { kind, ...params, moves, next_cursor: cursor };
    return success(answerJson(history, needs.requestId, 200, nextLink(request.url, cursor)));
  });
}

async function findPublished(
  needs: Needs,
  request: Request,
  kind: ArtifactKind,
  name: string,
): Promise<Result<FoundIndex, Failure>> {
  const minSeq = readMinSeq(request);
  if (!minSeq.ok) return minSeq;
  const found = await findIndex(needs.lookUp, kind, name, minSeq.value);
  if (!found.ok || found.value.remembered.index.versions.length > 0) return found;
  return refusal({ code: "NAME_NOT_FOUND", message: `no ${kind} is published under the name ${name}` });
}

function tagOf(index: NameIndex, tag: string): TagAnswer | null {
  const version = Object.hasOwn(index.tags, tag) ? index.tags[tag] : undefined;
  const entry = index.versions.find((candidate) => candidate.version === version);
  return entry === undefined
    ? null
    : { kind: index.kind, name: index.name, tag, version: entry.version, digest: entry.digest };
}

function tagNotFound(kind: ArtifactKind, name: string, tag: string): Result<never, Failure> {
  return refusal({
    code: "TAG_NOT_FOUND",
    message: `${kind} ${name} has no tag ${tag}; GET /v1/${collectionOf[kind]}/${name}/tags lists them`,
  });
}
