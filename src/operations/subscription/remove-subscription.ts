import { deleteSubscription, loadSubscription } from "../../bindings/d1/subscription/subscription-row.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Subscription } from "../../contract/subscription/subscription.ts";
import { type Result, success } from "../../domain/result.ts";
import { refuseUnknown, type SubscriptionNeeds, tellSubscription } from "./tell-subscription.ts";

/** Removes a subscription and all that waits for it. Answers what it was. */
export async function removeSubscription(needs: SubscriptionNeeds, id: string): Promise<Result<Subscription, Failure>> {
  const row = await loadSubscription(needs.db, id);
  if (row === null) return refuseUnknown(id);
  const told = await tellSubscription(needs, row);
  if (!(await deleteSubscription(needs.db, id))) return refuseUnknown(id);
  await needs.couriers(id).remove();
  return success(told);
}
