import { listSubscriptionRows, loadSubscription } from "../../bindings/d1/subscription/subscription-row.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Subscription } from "../../contract/subscription/subscription.ts";
import { type Result, success } from "../../domain/result.ts";
import { refuseUnknown, type SubscriptionNeeds, tellSubscription } from "./tell-subscription.ts";

/** One subscription, and how it does. */
export async function findSubscription(needs: SubscriptionNeeds, id: string): Promise<Result<Subscription, Failure>> {
  const row = await loadSubscription(needs.db, id);
  return row === null ? refuseUnknown(id) : success(await tellSubscription(needs, row));
}

/** All of them, newest first. */
export async function listSubscriptions(needs: SubscriptionNeeds): Promise<Subscription[]> {
  const rows = await listSubscriptionRows(needs.db);
  return Promise.all(rows.map((row) => tellSubscription(needs, row)));
}
