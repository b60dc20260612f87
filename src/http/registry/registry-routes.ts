import type { Hono } from "hono";
import { z } from "zod";
import { loadHeadSeq } from "../../bindings/d1/announcement/head-seq.ts";
import type { VersionPlace } from "../../bindings/d1/artifact/version-row.ts";
import type { Failure } from "../../contract/failure.ts";
import { headers } from "../../contract/http/headers.ts";
import {
  getHealth,
  getOpenapi,
  type MaintenanceAnswer,
  rebuildCaches,
  verifyRegistry,
} from "../../contract/http/registry.ts";
import { type Result, success } from "../../domain/result.ts";
import { rebuildVersions } from "../../operations/maintenance/rebuild-versions.ts";
import { verifyVersions } from "../../operations/maintenance/verify-versions.ts";
import type { MaintenanceSlice } from "../../operations/maintenance/walk-versions.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";
import { openApiStream } from "../openapi/openapi-stream.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";

const versionPlace = z.strictObject({ kind: z.string(), name: z.string(), version: z.string() });
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

  bindRoute(app, getOpenapi, async ({ needs }) => {
    const stream = await openApiStream(needs.db, needs.release);
    const told = {
      "Content-Type": "application/json",
      "Cache-Control": "no-cache",
      [headers.requestId]: needs.requestId,
    };
    return success(new Response(stream, { headers: told }));
  });

  bindRoute(app, verifyRegistry, async ({ query, needs }) =>
    walk(needs, query.cursor, (after) => verifyVersions(needs, after)),
  );
  bindRoute(app, rebuildCaches, async ({ query, needs }) =>
    walk(needs, query.cursor, (after) => rebuildVersions(needs, after, needs.now())),
  );
}

/** One slice of a walk over all versions; the cursor is the version that the last slice ended with. */
async function walk(
  needs: Needs,
  cursor: string | undefined,
  slice: (after: VersionPlace) => Promise<MaintenanceSlice>,
): Promise<Result<Response, Failure>> {
  const after = cursor === undefined ? success(start) : decodeCursor(versionPlace, cursor);
  if (!after.ok) return after;
  const { next, ...found } = await slice(after.value);
  const answer: MaintenanceAnswer = { ...found, next_cursor: next === null ? null : encodeCursor(next) };
  return success(answerJson(answer, needs.requestId));
}
