import type { Hono } from "hono";
import { z } from "zod";
import { loadHeadSeq } from "../../bindings/d1/announcement/head-seq.ts";
import type { VersionPlace } from "../../bindings/d1/artifact/version-row.ts";
import { checkedRows } from "../../bindings/d1/oci/check-rows.ts";
import type { Failure } from "../../contract/failure.ts";
import { headers } from "../../contract/http/headers.ts";
import {
  getHealth,
  getOpenapi,
  type MaintenanceAnswer,
  rebuildCaches,
  type VerifyAnswer,
  verifyRegistry,
} from "../../contract/http/registry.ts";
import { type Result, success } from "../../domain/result.ts";
import { type RebuildPlace, rebuildCaches as rebuild } from "../../operations/maintenance/rebuild-caches.ts";
import { type VerifyPlace, verifyRegistry as verify } from "../../operations/maintenance/verify-registry.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { openApiStream } from "../openapi/openapi-stream.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";

const versionPlace = z.strictObject({ kind: z.string(), name: z.string(), version: z.string() });
const rowPlace = z.strictObject({ of: z.enum(checkedRows), after: z.array(z.string()).max(3) });
const indexPlace = z.strictObject({ of: z.literal("indexes"), cursor: z.string().max(2000).nullable() });
const start: VersionPlace = { kind: "", name: "", version: "" };

/** Health, the API's own document, and the administrator's walks. */
export function bindRegistryRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, getHealth, async ({ needs }) => {
    const seq = await loadHeadSeq(needs.db).catch(() => null);
    const health = {
      status: seq === null ? "degraded" : "ok",
      release: needs.release,
      api: "v1",
      seq,
      region: needs.region,
    };
    return success(answerJson(health, needs.requestId, 200, { "Cache-Control": "no-store" }));
  });

  bindRoute(app, getOpenapi, async ({ needs, caller }) => {
    const stream = await openApiStream(needs.db, needs.release, caller.names);
    const told = {
      "Content-Type": "application/json",
      "Cache-Control": "no-cache",
      [headers.requestId]: needs.requestId,
    };
    return success(new Response(stream, { headers: told }));
  });

  bindRoute(app, verifyRegistry, async ({ query, needs }) => {
    const place = placeOf<VerifyPlace>(z.union([versionPlace, indexPlace, rowPlace]), query.cursor);
    if (!place.ok) return place;
    const { next, ...found } = await verify(needs, place.value);
    const answer: VerifyAnswer = { ...found, next_cursor: cursorOf(next) };
    return success(answerJson(answer, needs.requestId));
  });

  bindRoute(app, rebuildCaches, async ({ query, needs }) => {
    const place = placeOf<RebuildPlace>(z.union([versionPlace, indexPlace]), query.cursor);
    if (!place.ok) return place;
    const { next, ...found } = await rebuild(needs, place.value, needs.now());
    const answer: MaintenanceAnswer = { ...found, next_cursor: cursorOf(next) };
    return success(answerJson(answer, needs.requestId));
  });
}

/** Where a slice starts: after what the last one ended with. */
function placeOf<Place>(places: z.ZodType<Place>, cursor: string | undefined): Result<Place | VersionPlace, Failure> {
  return cursor === undefined ? success(start) : decodeCursor(places, cursor);
}

function cursorOf(next: unknown): string | null {
  return next === null ? null : encodeCursor(next);
}
