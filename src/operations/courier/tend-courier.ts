import type { DeliveryRow } from "../../bindings/courier/delivery-table.ts";
import { loadSubscription } from "../../bindings/d1/subscription/subscription-row.ts";
import { limits } from "../../contract/limits.ts";
import { attemptDelivery } from "./attempt-delivery.ts";
import { noteAttempt } from "./note-attempt.ts";
import type { OpenCourier } from "./open-courier.ts";

const notHeld = { isHeld: false };

/** When a store does not answer, nothing is tried for so long. */
const holdMs = 5000;

/** Should all end while deliveries are under way, the alarm rings after this; none takes as long. */
const lookAgainMs = 2 * limits.deliverySeconds * 1000;

/**
 * Starts what is due, as much as may be under way at once, and sets the alarm for what comes next. Each delivery that ends does the same. `isHeld`:
 * a store does not answer just now.
 */
export function tendCourier(courier: OpenCourier, { isHeld }: { isHeld: boolean } = notHeld): void {
  const { tables, underWay } = courier;
  const owner = tables.owner();
  if (owner === null) return;
  if (!owner.is_active) return;
  const nowMs = courier.nowMs();
  if (isHeld) courier.holdUntilMs = nowMs + holdMs;
  let dueAt: number | null = null;
  // Lanes that are under way are among the heads, so this many are enough to find all that may start.
  for (const head of tables.deliveries.listHeads(limits.deliveriesAtOnce + 1)) {
    if (underWay.has(head.lane)) continue;
    const isDue = Math.max(head.due_at, courier.holdUntilMs) <= nowMs;
    if (isDue && underWay.size < limits.deliveriesAtOnce) {
      underWay.add(head.lane);
      courier.later(deliver(courier, owner.subscription_id, head));
    } else if (!isDue) {
      dueAt ??= Math.max(head.due_at, courier.holdUntilMs);
    }
  }
  if (dueAt !== null) courier.wakeAt(dueAt);
  if (underWay.size > 0) courier.wakeAt(nowMs + lookAgainMs);
}

/** One delivery, from its place in the outbox to what is noted of it. Its subscription is read anew, so that whatever it says counts at once. */
async function deliver(courier: OpenCourier, subscriptionId: string, row: DeliveryRow): Promise<void> {
  let isHeld = false;
  try {
    const subscription = await loadSubscription(courier.db, subscriptionId);
    if (subscription === null) await courier.removeAll();
    else if (subscription.state !== "active") courier.tables.change(() => courier.tables.setActive(false));
    else await noteAttempt(courier, subscriptionId, row, await attemptDelivery(courier, subscription, row));
  } catch (error) {
    // What was sent but could not be noted is sent again, under the same id.
    console.warn(JSON.stringify({ level: "warn", courier: subscriptionId, delivery: row.id, error: String(error) }));
    isHeld = true;
  }
  courier.underWay.delete(row.lane);
  tendCourier(courier, { isHeld });
}
