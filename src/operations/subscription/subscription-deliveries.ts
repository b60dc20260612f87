import { loadSubscription } from "../../bindings/d1/subscription/subscription-row.ts";
import type { DeliverySlice, DeliverySlicePage } from "../../bindings/durable/courier.ts";
import type { Failure } from "../../contract/failure.ts";
import type { OutgoingDelivery } from "../../contract/subscription/subscription.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { refuseUnknown, type SubscriptionNeeds } from "./tell-subscription.ts";

/** What is sent to a subscription's address, and what came of it, newest first. */
export async function listSubscriptionDeliveries(
  needs: SubscriptionNeeds,
  id: string,
  slice: DeliverySlice,
): Promise<Result<DeliverySlicePage, Failure>> {
  if ((await loadSubscription(needs.db, id)) === null) return refuseUnknown(id);
  return success(await needs.couriers(id).list(slice));
}

/** Sends a test now, whatever the subscription's state. */
export async function pingSubscription(
  needs: SubscriptionNeeds,
  id: string,
): Promise<Result<OutgoingDelivery, Failure>> {
  const sent = await needs.couriers(id).ping(id);
  return sent === null ? refuseUnknown(id) : success(sent);
}

/** Has a delivery sent again under its id, whatever came of it before. */
export async function resendToSubscription(
  needs: SubscriptionNeeds,
  id: string,
  deliveryId: string,
): Promise<Result<OutgoingDelivery, Failure>> {
  if ((await loadSubscription(needs.db, id)) === null) return refuseUnknown(id);
  if (deliveryId.startsWith("ping_")) {
    const message = `${deliveryId} was a test, and tests are not sent again; POST /v1/subscriptions/${id}:ping sends another`;
    return refusal({ code: "STATE_CONFLICT", message });
  }
  const waiting = await needs.couriers(id).resend(deliveryId);
  if (waiting !== null) return success(waiting);
  const message = `subscription ${id} has no delivery ${deliveryId}; GET /v1/subscriptions/${id}/deliveries lists those that it keeps`;
  return refusal({ code: "DELIVERY_NOT_FOUND", message });
}
