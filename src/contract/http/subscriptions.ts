import { z } from "zod";
import { limits } from "../limits.ts";
import {
  createdSubscription,
  outgoingDelivery,
  outgoingDeliveryPage,
  rotateSecretRequest,
  subscription,
  subscriptionId,
  subscriptionRequest,
  subscriptionSettings,
} from "../subscription/subscription.ts";
import { cursor, pageLimit } from "./query.ts";
import { route } from "./route.ts";

const failures = ["INVALID_REQUEST", "UNAUTHENTICATED", "FORBIDDEN", "RATE_LIMITED", "UNAVAILABLE"] as const;
const known = [...failures, "SUBSCRIPTION_NOT_FOUND"] as const;
const writing = ["BODY_TOO_LARGE", "UNSUPPORTED_MEDIA_TYPE"] as const;
const jsonBody = { as: "json", limitBytes: limits.accessRequestBytes } as const;
const params = z.strictObject({ subscription_id: subscriptionId });
const tag = "Subscriptions";

export const subscriptionList = z
  .object({ items: z.array(subscription) })
  .meta({ id: "SubscriptionList", description: "Subscriptions, newest first." });

export const createSubscription = route({
  operationId: "createSubscription",
  method: "POST",
  path: "/v1/subscriptions",
  tag,
  summary: "Have changes sent to an address",
  description:
    "Signed as Standard Webhooks say. Changes from now on; each at least once, those of one name in their order.",
  access: "admin",
  body: { ...jsonBody, schema: subscriptionRequest },
  answers: { 201: { description: "The subscription, with its secret", schema: createdSubscription } },
  failures: [...failures, ...writing, "LIMIT_REACHED"],
});

export const listSubscriptions = route({
  operationId: "listSubscriptions",
  method: "GET",
  path: "/v1/subscriptions",
  tag,
  summary: "Subscriptions",
  access: "admin",
  answers: { 200: { description: "All of them", schema: subscriptionList } },
  failures,
});

export const getSubscription = route({
  operationId: "getSubscription",
  method: "GET",
  path: "/v1/subscriptions/{subscription_id}",
  tag,
  summary: "One subscription, and how it does",
  access: "admin",
  params,
  answers: { 200: { description: "The subscription", schema: subscription } },
  failures: known,
});

export const changeSubscription = route({
  operationId: "changeSubscription",
  method: "PUT",
  path: "/v1/subscriptions/{subscription_id}",
  tag,
  summary: "Change what a subscription says",
  access: "admin",
  params,
  body: { ...jsonBody, schema: subscriptionSettings.meta({ id: "SubscriptionSettings" }) },
  answers: { 200: { description: "The subscription", schema: subscription } },
  failures: [...known, ...writing],
});

export const removeSubscription = route({
  operationId: "removeSubscription",
  method: "DELETE",
  path: "/v1/subscriptions/{subscription_id}",
  tag,
  summary: "Remove a subscription, what waits for it included",
  access: "admin",
  params,
  answers: { 200: { description: "Removed", schema: subscription } },
  failures: known,
});

export const pauseSubscription = route({
  operationId: "pauseSubscription",
  method: "POST",
  path: "/v1/subscriptions/{subscription_id}:pause",
  tag,
  summary: "Deliver nothing for now; changes are kept",
  access: "admin",
  params,
  answers: { 200: { description: "Paused, now or before", schema: subscription } },
  failures: known,
});

export const resumeSubscription = route({
  operationId: "resumeSubscription",
  method: "POST",
  path: "/v1/subscriptions/{subscription_id}:resume",
  tag,
  summary: "Deliver again, paused or disabled before, from where it stopped",
  access: "admin",
  params,
  answers: { 200: { description: "Active, now or before", schema: subscription } },
  failures: known,
});

export const pingSubscription = route({
  operationId: "pingSubscription",
  method: "POST",
  path: "/v1/subscriptions/{subscription_id}:ping",
  tag,
  summary: "Send a test now, and tell what came of it",
  access: "admin",
  params,
  answers: { 200: { description: "The try, succeeded or not", schema: outgoingDelivery } },
  failures: known,
});

export const rotateSubscriptionSecret = route({
  operationId: "rotateSubscriptionSecret",
  method: "POST",
  path: "/v1/subscriptions/{subscription_id}:rotate",
  tag,
  summary: "Give a subscription another secret",
  description:
    "For a while both sign each delivery, so that the receiver can change over without a gap. At most two are live.",
  access: "admin",
  params,
  body: { ...jsonBody, isOptional: true, schema: rotateSecretRequest },
  answers: { 200: { description: "The subscription, with its new secret", schema: createdSubscription } },
  failures: [...known, ...writing],
});

export const listDeliveries = route({
  operationId: "listDeliveries",
  method: "GET",
  path: "/v1/subscriptions/{subscription_id}/deliveries",
  tag,
  summary: "What was sent, and what came of it",
  access: "admin",
  params,
  query: z.strictObject({ state: outgoingDelivery.shape.state.optional(), limit: pageLimit, cursor }),
  answers: { 200: { description: "A page of deliveries, newest first", schema: outgoingDeliveryPage } },
  failures: known,
});

export const resendDelivery = route({
  operationId: "resendDelivery",
  method: "POST",
  path: "/v1/subscriptions/{subscription_id}/deliveries/{delivery_id}:resend",
  tag,
  summary: "Send a delivery again",
  description: "One that was delivered too, under the same `webhook-id`.",
  access: "admin",
  params: params.extend({ delivery_id: z.string().regex(/^(evt|ping)_[0-9a-f]{1,32}$/) }),
  answers: { 202: { description: "It waits for its next try", schema: outgoingDelivery } },
  failures: [...known, "DELIVERY_NOT_FOUND", "STATE_CONFLICT"],
});
