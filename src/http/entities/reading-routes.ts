import type { Hono } from "hono";
import { z } from "zod";
import { entityId } from "../../contract/entity/entity.ts";
import {
  compareEntities as compareEntitiesRoute,
  getEntity,
  getEntityLineage,
  getEntityValue,
  listEntities as listEntitiesRoute,
  listEntityVersions as listEntityVersionsRoute,
} from "../../contract/http/entities.ts";
import { headers } from "../../contract/http/headers.ts";
import { limits } from "../../contract/limits.ts";
import { fittingLineage } from "../../domain/entity/fitting-lineage.ts";
import { success } from "../../domain/result.ts";
import { compareEntities } from "../../operations/entity/compare-entities.ts";
import { findEntity } from "../../operations/entity/find-entity.ts";
import { findEntityValue } from "../../operations/entity/find-entity-value.ts";
import { type EntitySlice, listEntities, listEntityVersions } from "../../operations/entity/list-entities.ts";
import { traceLineage } from "../../operations/entity/trace-lineage.ts";
import { answerJson } from "../answers/answer-json.ts";
import { matches } from "../answers/answer-lookup.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";

const entityPlace = z.strictObject({ before: entityId });
const versionPlace = z.strictObject({ before: z.int().positive() });
/** An entity never changes; only who may see it may keep it. */
const forEver = { "Cache-Control": "private, max-age=31536000, immutable" };

/** What is read of entities. */
export function bindEntityReadingRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, getEntity, async ({ params, request, needs }) => {
    const found = await findEntity(needs.db, params.entity_id);
    if (!found.ok) return found;
    const etag = `"${params.entity_id}"`;
    const told = { ...forEver, ETag: etag };
    const ifNoneMatch = request.headers.get("if-none-match");
    if (ifNoneMatch !== null && matches(ifNoneMatch, etag)) {
      return success(new Response(null, { status: 304, headers: { ...told, [headers.requestId]: needs.requestId } }));
    }
    return success(answerJson(found.value, needs.requestId, 200, told));
  });

  bindRoute(app, getEntityValue, async ({ params, query, needs }) => {
    const found = await findEntityValue(needs, params.entity_id, query.at ?? "");
    return found.ok ? success(answerJson(found.value, needs.requestId, 200, forEver)) : found;
  });

  bindRoute(app, getEntityLineage, async ({ params, query, needs, caller }) => {
    const { direction = "both", depth = limits.lineageDepth } = query;
    const traced = await traceLineage(needs.db, params.entity_id, direction, depth);
    return traced.ok ? success(answerJson(fittingLineage(traced.value, caller.names), needs.requestId)) : traced;
  });

  bindRoute(app, listEntityVersionsRoute, async ({ params, query, request, needs }) => {
    const after = query.cursor === undefined ? success(null) : decodeCursor(versionPlace, query.cursor);
    if (!after.ok) return after;
    const limit = query.limit ?? limits.pageItemsDefault;
    const found = await listEntityVersions(needs.db, params.entity_id, after.value?.before ?? null, limit);
    return found.ok ? success(answerPage(found.value, request, needs)) : found;
  });

  bindRoute(app, compareEntitiesRoute, async ({ params, query, needs }) => {
    const compared = await compareEntities(needs, params.entity_id, query.to);
    return compared.ok ? success(answerJson(compared.value, needs.requestId, 200, forEver)) : compared;
  });

  bindRoute(app, listEntitiesRoute, async ({ query, request, needs, caller }) => {
    const after = query.cursor === undefined ? success(null) : decodeCursor(entityPlace, query.cursor);
    if (!after.ok) return after;
    const { role = null, name = null, run: runId = null, newest = false } = query;
    const filter = { role, name, runId: runId?.toLowerCase() ?? null, newestOnly: newest, names: caller.names };
    const limit = query.limit ?? limits.pageItemsDefault;
    const page = await listEntities(needs.db, filter, after.value?.before ?? null, limit);
    return success(answerPage(page, request, needs));
  });
}

function answerPage({ items, next }: EntitySlice<string | number>, request: Request, needs: Needs): Response {
  const cursor = next === null ? null : encodeCursor({ before: next });
  return answerJson({ items, next_cursor: cursor }, needs.requestId, 200, nextLink(request.url, cursor));
}
