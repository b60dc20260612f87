import type { Hono } from "hono";
import { z } from "zod";
import type { Failure } from "../../contract/failure.ts";
import { collectGarbage, type GarbageAnswer, previewGarbage } from "../../contract/http/garbage.ts";
import { garbageLimits } from "../../domain/oci/garbage-limits.ts";
import { type Result, success } from "../../domain/result.ts";
import type { BlobCount } from "../../operations/maintenance/remove-orphans.ts";
import {
  collectGarbage as collect,
  type GarbagePlace,
  garbageStart,
} from "../../operations/oci/garbage/collect-garbage.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";

const garbagePlace: z.ZodType<GarbagePlace> = z.discriminatedUnion("of", [
  z.strictObject({ of: z.literal("repositories"), repository: z.string(), digest: z.string() }),
  z.strictObject({ of: z.literal("storage"), after: z.string().nullable() }),
]);

/** The administrator's garbage collection. */
export function bindGarbageRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, previewGarbage, ({ query, needs }) => answerSlice(needs, query.cursor, true));
  bindRoute(app, collectGarbage, ({ query, needs }) => answerSlice(needs, query.cursor, false));
}

async function answerSlice(
  needs: Needs,
  cursor: string | undefined,
  isPreview: boolean,
): Promise<Result<Response, Failure>> {
  const place = cursor === undefined ? success(garbageStart) : decodeCursor(garbagePlace, cursor);
  if (!place.ok) return place;
  const { checked, repositories, storage, kept, next } = await collect(needs, place.value, {
    isPreview,
    now: needs.now(),
  });
  const answer: GarbageAnswer = {
    checked,
    repositories: repositories.map(({ repository, ...count }) => ({ repository, ...told(count) })),
    storage: told(storage),
    kept: told(kept),
    grace_seconds: garbageLimits.graceSeconds,
    next_cursor: next === null ? null : encodeCursor(next),
  };
  return success(answerJson(answer, needs.requestId));
}

function told({ blobs, sizeBytes }: BlobCount): { blobs: number; size_bytes: number } {
  return { blobs, size_bytes: sizeBytes };
}
