import type { Hono } from "hono";
import { z } from "zod";
import type { Failure } from "../../contract/failure.ts";
import {
  changeSubscription as changeRoute,
  createSubscription as createRoute,
  getSubscription,
  listDeliveries,
  listSubscriptions as listRoute,
  pauseSubscription as pauseRoute,
  pingSubscription as pingRoute,
  removeSubscription as removeRoute,
  resendDelivery,
  resumeSubscription as resumeRoute,
  rotateSubscriptionSecret,
} from "../../contract/http/subscriptions.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, success } from "../../domain/result.ts";
import { changeSubscription } from "../../operations/subscription/change-subscription.ts";
import { createSubscription } from "../../operations/subscription/create-subscription.ts";
import { pauseSubscription, resumeSubscription } from "../../operations/subscription/pause-subscription.ts";
import { findSubscription, listSubscriptions } from "../../operations/subscription/read-subscriptions.ts";
import { removeSubscription } from "../../operations/subscription/remove-subscription.ts";
import { rotateSecret } from "../../operations/subscription/rotate-secret.ts";
import {
  listSubscriptionDeliveries,
  pingSubscription,
  resendToSubscription,
} from "../../operations/subscription/subscription-deliveries.ts";
import { answerJson } from "../answers/answer-json.ts";
import { bindRoute } from "../bind-route.ts";
import type { AppEnv, Needs } from "../needs.ts";
import { nextLink } from "../requests/next-link.ts";
import { decodeCursor, encodeCursor } from "../requests/page-cursor.ts";

/** Routes under /v1/subscriptions. */
export function bindSubscriptionRoutes(app: Hono<AppEnv>): void {
  bindRoute(app, createRoute, async ({ body, needs, caller }) => {
    const created = await createSubscription(needs, body, caller.name);
    if (created.ok) needs.notes.subject = `subscriptions/${created.value.id}`;
    return told(needs, created, 201);
  });
  bindRoute(app, listRoute, async ({ needs }) => told(needs, success({ items: await listSubscriptions(needs) })));
  bindRoute(app, getSubscription, async ({ params, needs }) =>
    told(needs, await findSubscription(needs, params.subscription_id)),
  );
  bindRoute(app, changeRoute, async ({ params, body, needs }) =>
    told(needs, await changeSubscription(needs, params.subscription_id, body)),
  );
  bindRoute(app, removeRoute, async ({ params, needs }) =>
    told(needs, await removeSubscription(needs, params.subscription_id)),
  );
  bindRoute(app, pauseRoute, async ({ params, needs }) =>
    told(needs, await pauseSubscription(needs, params.subscription_id)),
  );
  bindRoute(app, resumeRoute, async ({ params, needs }) =>
    told(needs, await resumeSubscription(needs, params.subscription_id)),
  );
  bindRoute(app, rotateSubscriptionSecret, async ({ params, body, needs }) =>
    told(needs, await rotateSecret(needs, params.subscription_id, body)),
  );
  bindRoute(app, pingRoute, async ({ params, needs }) =>
    told(needs, await pingSubscription(needs, params.subscription_id)),
  );
  bindRoute(app, listDeliveries, async ({ params, query, request, needs }) => {
    const before = query.cursor === undefined ? success(null) : decodeCursor(z.int().positive(), query.cursor);
    if (!before.ok) return before;
    const slice = {
      state: query.state ?? null,
      before: before.value,
      limit: query.limit ?? limits.pageItemsDefault,
    };
    const found = await listSubscriptionDeliveries(needs, params.subscription_id, slice);
    if (!found.ok) return found;
    const { items, next } = found.value;
    const next_cursor = next === null ? null : encodeCursor(next);
    return success(answerJson({ items, next_cursor }, needs.requestId, 200, nextLink(request.url, next_cursor)));
  });
  bindRoute(app, resendDelivery, async ({ params, needs }) =>
    told(needs, await resendToSubscription(needs, params.subscription_id, params.delivery_id), 202),
  );
}

function told(needs: Needs, found: Result<unknown, Failure>, status = 200): Result<Response, Failure> {
  return found.ok ? success(answerJson(found.value, needs.requestId, status)) : found;
}
