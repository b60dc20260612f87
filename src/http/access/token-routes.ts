import type { Hono } from "hono";
import { z } from "zod";
import { createToken, getToken, listTokens, revokeToken, rotateToken } from "../../contract/http/tokens.ts";
import { limits } from "../../contract/limits.ts";
import { success } from "../../domain/result.ts";
import { createToken as create } from "../../operations/access/create-token.ts";
import { findToken } from "../../operations/access/find-token.ts";
import { listTokens as list } from "../../operations/access/list-tokens.ts";
import { revokeToken as revoke } from "../../operations/access/revoke-token.ts";
import { rotateToken as rotate } from "../../operations/access/rotate-token.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";

const tokenPlace = z.strictObject({ created_at: z.string(), id: z.string() });
/** No cache may keep who may do what, let alone a secret. */
const notKept = { "Cache-Control": "no-store" };

/** Access tokens: made, listed, made anew, revoked. */
export function bindTokenRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, createToken, async ({ body, needs, caller }) => {
    const created = await create(needs, body, caller.name);
    if (!created.ok) return created;
    const { name, scopes, names, rate_class, expires_at } = created.value;
    needs.notes.details = { name, scopes, names, rate_class, expires_at };
    const told = { ...notKept, Location: `/v1/tokens/${created.value.id}` };
    return success(answerJson(created.value, needs.requestId, 201, told));
  });

  bindRoute(app, listTokens, async ({ query, request, needs }) => {
    const after = query.cursor === undefined ? success(null) : decodeCursor(tokenPlace, query.cursor);
    if (!after.ok) return after;
    const limit = query.limit ?? limits.pageItemsDefault;
    const page = await list(needs, { all: query.all ?? false, after: after.value, limit });
    const cursor = page.next === null ? null : encodeCursor(page.next);
    const answer = { items: page.items, next_cursor: cursor };
    return success(answerJson(answer, needs.requestId, 200, { ...notKept, ...nextLink(request.url, cursor) }));
  });

  bindRoute(app, getToken, async ({ params, needs }) => {
    const found = await findToken(needs, params.token_id);
    return found.ok ? success(answerJson(found.value, needs.requestId, 200, notKept)) : found;
  });

  bindRoute(app, rotateToken, async ({ params, body, needs, caller }) => {
    const asked = { id: params.token_id, overlapSeconds: body.overlap_seconds, by: caller.name };
    const rotated = await rotate(needs, asked);
    if (!rotated.ok) return rotated;
    const told = { ...notKept, Location: `/v1/tokens/${rotated.value.id}` };
    return success(answerJson(rotated.value, needs.requestId, 201, told));
  });

  bindRoute(app, revokeToken, async ({ params, needs, caller }) => {
    const revoked = await revoke(needs, params.token_id, caller.name);
    return revoked.ok ? success(answerJson(revoked.value, needs.requestId, 200, notKept)) : revoked;
  });
}
