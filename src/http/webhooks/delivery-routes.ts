import type { Hono } from "hono";
import { z } from "zod";
import { listDeliveries } from "../../bindings/d1/webhook/delivery-row.ts";
import {
  getIncoming,
  listIncoming,
  receiveHook as receiveRoute,
  redeliverIncoming,
} from "../../contract/http/webhooks.ts";
import { limits } from "../../contract/limits.ts";
import { success } from "../../domain/result.ts";
import { counters } from "../../operations/metrics/counters.ts";
import { findSource } from "../../operations/webhook/find-source.ts";
import { deliveryOf, wholeDelivery } from "../../operations/webhook/keep-outcome.ts";
import { receiveHook } from "../../operations/webhook/receive-hook.ts";
import { findDelivery, redeliver } from "../../operations/webhook/redeliver.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv } from "../needs.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";
import { readBody } from "../requests/read-body.ts";

const deliveryPlace = z.strictObject({ at: z.string(), id: z.string() });

/** Webhooks as they come in, and what came of them. */
export function bindHookRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, receiveRoute, async ({ params, request, needs }) => {
    const body = await readBody(request, limits.hookBytes);
    if (!body.ok) return body;
    const { headers, url } = request;
    const registryUrl = new URL(url).origin;
    const answer = await receiveHook(needs, { ...params, headers, body: body.value, registryUrl });
    counters.hooks.add(params.provider, answer.ok ? answer.value.status : "refused");
    if (!answer.ok) return answer;
    return success(answerJson(answer.value, needs.requestId, answer.value.status === "queued" ? 202 : 200));
  });

  bindRoute(app, listIncoming, async ({ params, query, request, needs }) => {
    const after = query.cursor === undefined ? success(null) : decodeCursor(deliveryPlace, query.cursor);
    if (!after.ok) return after;
    const source = await findSource(needs.db, params.source);
    if (!source.ok) return source;
    const limit = query.limit ?? limits.pageItemsDefault;
    const filter = { source: params.source, state: query.state ?? null };
    const found = await listDeliveries(needs.db, filter, after.value, limit + 1);
    const items = found.slice(0, limit);
    const last = found.length > limit ? items.at(-1) : undefined;
    const cursor = last === undefined ? null : encodeCursor({ at: last.received_at, id: last.id });
    const answer = { items: items.map(deliveryOf), next_cursor: cursor };
    return success(answerJson(answer, needs.requestId, 200, nextLink(request.url, cursor)));
  });

  bindRoute(app, getIncoming, async ({ params, needs }) => {
    const found = await findDelivery(needs.db, params.source, params.delivery_id);
    if (!found.ok) return found;
    return success(answerJson(await wholeDelivery(needs.blobs, found.value), needs.requestId));
  });

  bindRoute(app, redeliverIncoming, async ({ params, needs }) => {
    const queued = await redeliver(needs, params.source, params.delivery_id);
    return queued.ok ? success(answerJson(queued.value, needs.requestId, 202)) : queued;
  });
}
