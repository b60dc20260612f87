import type { SubscriptionRow } from "../../bindings/d1/subscription/subscription-row.ts";
import type { CourierStanding, Couriers } from "../../bindings/durable/courier.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Subscription } from "../../contract/subscription/subscription.ts";
import { refusal } from "../../domain/result.ts";
import { liveSecrets } from "../../domain/subscription/subscription-secrets.ts";

/** What subscriptions are read with. */
export interface SubscriptionNeeds {
  db: D1Database;
  couriers: Couriers;
  now: () => Date;
}

/** A subscription as its row and its courier know it together. */
export async function tellSubscription(needs: SubscriptionNeeds, row: SubscriptionRow): Promise<Subscription> {
  return subscriptionOf(row, await needs.couriers(row.id).standing(), needs.now());
}

/** A subscription of which the courier's standing is known; null: it was never asked for anything. */
export function subscriptionOf(row: SubscriptionRow, standing: CourierStanding | null, now: Date): Subscription {
  const { id, settings, state, reason, created_at, created_by } = row;
  return {
    id,
    ...settings,
    state,
    reason,
    created_at,
    created_by,
    secrets: liveSecrets(row.secrets, now).map(({ hint, created_at, expires_at }) => ({
      hint,
      created_at,
      expires_at,
    })),
    position: standing?.position ?? row.begins_after,
    waiting: standing?.waiting ?? 0,
    failing_since: standing?.failingSince ?? null,
    last_delivered_at: standing?.lastDeliveredAt ?? null,
  };
}

/** There is no subscription of this id. */
export function refuseUnknown(id: string): { ok: false; failure: Failure } {
  const message = `there is no subscription ${id}; GET /v1/subscriptions lists them`;
  return refusal({ code: "SUBSCRIPTION_NOT_FOUND", message });
}
