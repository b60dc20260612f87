import { loadSubscription } from "../../bindings/d1/subscription/subscription-row.ts";
import type { OutgoingDelivery } from "../../contract/subscription/subscription.ts";
import { deliveredPing } from "../../domain/subscription/delivered-change.ts";
import { judgeAttempt } from "../../domain/subscription/judge-attempt.ts";
import { attemptDelivery } from "./attempt-delivery.ts";
import type { OpenCourier } from "./open-courier.ts";
import { findDelivery } from "./tell-delivery.ts";

/** Sends a test, past all that waits, and keeps what came of it in the log. Null: there is no such subscription. */
export async function pingReceiver(
  courier: OpenCourier,
  subscriptionId: string,
  pingId: string,
): Promise<OutgoingDelivery | null> {
  const { tables } = courier;
  const subscription = await loadSubscription(courier.db, subscriptionId);
  if (subscription === null) return null;
  tables.open(subscriptionId, subscription.begins_after);
  const content = deliveredPing(pingId, subscriptionId, new Date(courier.nowMs()).toISOString());
  const { attempt } = await attemptDelivery(courier, subscription, content);
  tables.change(() => {
    tables.deliveries.insert(content, Date.parse(attempt.at));
    const row = tables.deliveries.load(pingId);
    if (row === null) return;
    tables.deliveries.noteAttempt(row, [attempt]);
    tables.deliveries.end(row, judgeAttempt(attempt) === "delivered" ? "delivered" : "given_up", courier.nowMs());
  });
  return findDelivery(courier, pingId);
}
