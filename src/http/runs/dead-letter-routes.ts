import type { Hono } from "hono";
import { z } from "zod";
import { listDeadLetters as loadDeadLetters } from "../../bindings/d1/run/dead-letters.ts";
import { listDeadLetters } from "../../contract/http/runners.ts";
import { limits } from "../../contract/limits.ts";
import { success } from "../../domain/result.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";

const letterPlace = z.strictObject({ at: z.string(), id: z.string() });

/** The messages that no queue could deliver. */
export function bindDeadLetterRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, listDeadLetters, async ({ query, request, needs }) => {
    const after = query.cursor === undefined ? success(null) : decodeCursor(letterPlace, query.cursor);
    if (!after.ok) return after;
    const limit = query.limit ?? limits.pageItemsDefault;
    const found = await loadDeadLetters(needs.db, after.value, limit + 1);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    const cursor = last === undefined ? null : encodeCursor({ at: last.at, id: last.id });
    const answer = { items, next_cursor: cursor };
    return success(answerJson(answer, needs.requestId, 200, nextLink(request.url, cursor)));
  });
}
