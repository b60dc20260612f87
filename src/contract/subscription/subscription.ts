import { z } from "zod";
import { namePatterns } from "../access/name-pattern.ts";
import { changeEvent, changeType } from "../announcement/change-event.ts";
import { limits } from "../limits.ts";

export const subscriptionId = z.string().regex(/^sub_[0-9a-f]{16}$/, "a subscription's id is sub_ and 16 hex digits");

/** A secret of Standard Webhooks: `whsec_` and 24 to 64 bytes in base64. */
export const hookSecret = z
  .string()
  .regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/, "a secret is whsec_ and 24 to 64 bytes in base64");

/** What a subscription says and may be changed to. */
export const subscriptionSettings = z.strictObject({
  url: z.url({ protocol: /^https?$/ }).max(2000),
  description: z.string().max(500).default(""),
  events: z.array(changeType).min(1).max(changeType.options.length).nullable().default(null).describe("Null: all"),
  names: namePatterns.default(["*"]),
  redirects: z
    .enum(["refuse", "follow"])
    .default("refuse")
    .describe("What 307 and 308 do; others are never followed. Every hop is in the delivery log"),
});

export const subscriptionRequest = subscriptionSettings
  .extend({ secret: hookSecret.optional().describe("Without it the registry makes one and shows it once") })
  .meta({ id: "SubscriptionRequest" });
export type SubscriptionRequest = z.infer<typeof subscriptionRequest>;

export const subscription = subscriptionSettings
  .extend({
    id: subscriptionId,
    state: z
      .enum(["active", "paused", "disabled"])
      .describe("`disabled`: by the registry, because it failed for too long or answered 410"),
    reason: z.string().nullable().describe("Why it is disabled"),
    created_at: z.string(),
    created_by: z.string(),
    secrets: z
      .array(z.object({ hint: z.string(), created_at: z.string(), expires_at: z.string().nullable() }))
      .describe("Newest first; each signs until it expires"),
    position: z.int().describe("Changes up to this seq were taken up for delivery"),
    waiting: z.int().describe("Deliveries that wait"),
    failing_since: z.string().nullable(),
    last_delivered_at: z.string().nullable(),
  })
  .meta({ id: "Subscription", description: "Who is told of changes by HTTP." });
export type Subscription = z.infer<typeof subscription>;

export const createdSubscription = subscription
  .extend({ secret: hookSecret.describe("Shown this once") })
  .meta({ id: "CreatedSubscription" });
export type CreatedSubscription = z.infer<typeof createdSubscription>;

/** The body of a delivery (Standard Webhooks: `type`, `timestamp`, `data`). `webhook-id` is the same at every attempt. */
export const deliveredBody = z.discriminatedUnion("type", [
  z.object({ type: changeType, timestamp: z.string(), data: changeEvent }),
  z.object({ type: z.literal("ping"), timestamp: z.string(), data: z.object({ subscription: subscriptionId }) }),
]);
export type DeliveredBody = z.infer<typeof deliveredBody>;

/** One try of a delivery. */
export const deliveryAttempt = z.object({
  at: z.string(),
  duration_ms: z.int().nonnegative(),
  /** The HTTP status; null when there was no answer. */
  status: z.int().nullable(),
  error: z.string().nullable(),
  /** Addresses that it was redirected to, in order. */
  redirects: z.array(z.string()),
  /** The beginning of what was answered. */
  answer: z.string().nullable(),
});
export type DeliveryAttempt = z.infer<typeof deliveryAttempt>;

export const outgoingDelivery = z
  .object({
    id: z.string().describe("`webhook-id`: evt_ and the seq of the change; ping_… of a test"),
    type: z.union([changeType, z.literal("ping")]),
    seq: z.int().nullable(),
    name: z.string().nullable().describe("As a repository: templates/blur"),
    state: z.enum(["waiting", "delivered", "given_up"]),
    attempts: z.array(deliveryAttempt).describe("The last ones"),
    attempt_count: z.int(),
    next_attempt_at: z.string().nullable(),
    created_at: z.string(),
  })
  .meta({ id: "OutgoingDelivery" });
export type OutgoingDelivery = z.infer<typeof outgoingDelivery>;

export const outgoingDeliveryPage = z
  .object({ items: z.array(outgoingDelivery), next_cursor: z.string().nullable() })
  .meta({ id: "OutgoingDeliveryPage", description: "A page of deliveries, newest first." });

export const rotateSecretRequest = z
  .strictObject({
    secret: hookSecret.optional(),
    overlap_seconds: z
      .int()
      .min(0)
      .max(limits.secretOverlapSeconds)
      .default(24 * 3600)
      .describe("How long the one before signs too"),
  })
  .meta({ id: "RotateSecretRequest" });
export type RotateSecretRequest = z.infer<typeof rotateSecretRequest>;
