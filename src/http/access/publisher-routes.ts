import type { Hono } from "hono";
import { listPublisherRows } from "../../bindings/d1/access/publisher-row.ts";
import { createPublisher, exchangeToken, listPublishers, removePublisher } from "../../contract/http/tokens.ts";
import { success } from "../../domain/result.ts";
import { createPublisher as create } from "../../operations/access/create-publisher.ts";
import { exchangeIdentity } from "../../operations/access/exchange-identity.ts";
import { removePublisher as remove } from "../../operations/access/remove-publisher.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";

/** No cache may keep who may do what, let alone a secret. */
const notKept = { "Cache-Control": "no-store" };

/** Trusted publishers, and the tokens that their identities get. */
export function bindPublisherRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, exchangeToken, async ({ body, request, needs }) => {
    const exchanged = await exchangeIdentity(needs, body.token, new URL(request.url).origin);
    if (!exchanged.ok) return exchanged;
    const { answer, tokenId, publisherId } = exchanged.value;
    const { name, scopes, names, expires_at } = answer;
    const details = { publisher: publisherId, scopes, names, expires_at };
    Object.assign(needs.notes, { actor: name, subject: `tokens/${tokenId}`, details });
    return success(answerJson(answer, needs.requestId, 201, notKept));
  });

  bindRoute(app, createPublisher, async ({ body, needs, caller }) => {
    const created = await create(needs, body, caller.name);
    if (!created.ok) return created;
    const { id, name, issuer, scopes, names } = created.value;
    Object.assign(needs.notes, { subject: `trusted-publishers/${id}`, details: { name, issuer, scopes, names } });
    return success(answerJson(created.value, needs.requestId, 201, notKept));
  });

  bindRoute(app, listPublishers, async ({ needs }) => {
    const items = await listPublisherRows(needs.db);
    return success(answerJson({ items }, needs.requestId, 200, notKept));
  });

  bindRoute(app, removePublisher, async ({ params, needs }) => {
    const removed = await remove(needs.db, params.publisher_id);
    return removed.ok ? success(answerJson(removed.value, needs.requestId, 200, notKept)) : removed;
  });
}
