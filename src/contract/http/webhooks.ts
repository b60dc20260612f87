import { z } from "zod";
import { limits } from "../limits.ts";
import { incomingDelivery, incomingDeliveryId, incomingDeliveryPage } from "../webhook/delivery.ts";
import {
  createdSource,
  hookProvider,
  sourceChange,
  sourceName,
  sourceRequest,
  webhookSource,
} from "../webhook/source.ts";
import { cursor, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const failures = ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "RATE_LIMITED", "UNAVAILABLE"] as const;
const known = [...failures, "SOURCE_NOT_FOUND"] as const;
const writing = ["BODY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"] as const;
const jsonBody = { as: "json", limitBytes: limits.accessRequestBytes } as const;
const params = z.strictObject({ source: sourceName });
const deliveryParams = params.extend({ delivery_id: incomingDeliveryId });
const tag = "Webhooks";

/** What a hook is answered: taken, or why nothing follows from it. */
export const hookAnswer = z
  .object({
    delivery_id: incomingDeliveryId.nullable(),
    status: z.enum(["queued", "duplicate", "ignored", "pong"]),
    message: z.string(),
  })
  .meta({ id: "HookAnswer" });
export type HookAnswer = z.infer<typeof hookAnswer>;

export const sourceList = z
  .object({ items: z.array(webhookSource) })
  .meta({ id: "WebhookSourceList", description: "Webhook sources, by name." });

export const receiveHook = route({
  operationId: "receiveHook",
  method: "POST",
  path: "/v1/webhooks/{provider}/{source}",
  tag,
  summary: "Where a host sends its webhooks",
  description:
    "Checked by the source's secret, not by a token: GitHub's `X-Hub-Signature-256`, GitLab's `X-Gitlab-Token`, or Standard Webhooks' `webhook-signature`. Answered as soon as it is kept; the work is done after.",
  access: "open",
  params: z.strictObject({ provider: hookProvider, source: sourceName }),
  body: { as: "bytes", limitBytes: limits.hookBytes },
  answers: {
    202: { description: "Kept, to be done", schema: hookAnswer },
    200: {
      description: "Nothing follows from it: a ping, another event or branch, or a delivery that was here before",
      schema: hookAnswer,
    },
  },
  failures: [
    "INVALID_REQUEST",
    "SIGNATURE_INVALID",
    "SOURCE_NOT_FOUND",
    "BODY_TOO_LARGE",
    "RATE_LIMITED",
    "UNAVAILABLE",
  ],
});

export const createSource = route({
  operationId: "createSource",
  method: "POST",
  path: "/v1/webhook-sources",
  tag,
  summary: "Publish what is pushed to a repository",
  access: "admin",
  body: { ...jsonBody, schema: sourceRequest },
  answers: { 201: { description: "The source, with the secret for its hook", schema: createdSource } },
  failures: [...failures, ...writing, "STATE_CONFLICT", "LIMIT_REACHED"],
});

export const listSources = route({
  operationId: "listSources",
  method: "GET",
  path: "/v1/webhook-sources",
  tag,
  summary: "Webhook sources",
  access: "admin",
  answers: { 200: { description: "All of them", schema: sourceList } },
  failures,
});

export const getSource = route({
  operationId: "getSource",
  method: "GET",
  path: "/v1/webhook-sources/{source}",
  tag,
  summary: "One webhook source",
  access: "admin",
  params,
  answers: { 200: { description: "The source", schema: webhookSource } },
  failures: known,
});

export const changeSource = route({
  operationId: "changeSource",
  method: "PUT",
  path: "/v1/webhook-sources/{source}",
  tag,
  summary: "Change a webhook source",
  description:
    "What is left out stays. Another repository or branch begins anew: the next push is compared with nothing.",
  access: "admin",
  params,
  body: { ...jsonBody, schema: sourceChange },
  answers: { 200: { description: "The source", schema: webhookSource } },
  failures: [...known, ...writing],
});

export const removeSource = route({
  operationId: "removeSource",
  method: "DELETE",
  path: "/v1/webhook-sources/{source}",
  tag,
  summary: "Remove a webhook source",
  description: "What it published stays as it is.",
  access: "admin",
  params,
  answers: { 200: { description: "Removed", schema: webhookSource } },
  failures: known,
});

export const syncSource = route({
  operationId: "syncSource",
  method: "POST",
  path: "/v1/webhook-sources/{source}:sync",
  tag,
  summary: "Do now what a push would: compare with the head of the branch",
  access: "admin",
  params,
  answers: { 202: { description: "The delivery that does it", schema: incomingDelivery } },
  failures: [...known, "STATE_CONFLICT"],
});

export const listIncoming = route({
  operationId: "listIncoming",
  method: "GET",
  path: "/v1/webhook-sources/{source}/deliveries",
  tag,
  summary: "What came in from a source, and what came of it",
  access: "publish",
  params,
  query: z.strictObject({ state: incomingDelivery.shape.state.optional(), limit: pageLimit, cursor }),
  answers: { 200: { description: "A page of deliveries, newest first", schema: incomingDeliveryPage } },
  failures: known,
});

export const getIncoming = route({
  operationId: "getIncoming",
  method: "GET",
  path: "/v1/webhook-sources/{source}/deliveries/{delivery_id}",
  tag,
  summary: "One delivery, with the outcome of each file",
  access: "publish",
  params: deliveryParams,
  answers: { 200: { description: "The delivery", schema: incomingDelivery } },
  failures: [...known, "DELIVERY_NOT_FOUND"],
});

export const redeliverIncoming = route({
  operationId: "redeliverIncoming",
  method: "POST",
  path: "/v1/webhook-sources/{source}/deliveries/{delivery_id}:redeliver",
  tag,
  summary: "Do a delivery again",
  access: "admin",
  params: deliveryParams,
  answers: { 202: { description: "It is queued", schema: incomingDelivery } },
  failures: [...known, "DELIVERY_NOT_FOUND", "STATE_CONFLICT"],
});
