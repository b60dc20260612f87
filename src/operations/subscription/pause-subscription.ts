import { writeState } from "../../bindings/d1/subscription/subscription-row.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Subscription } from "../../contract/subscription/subscription.ts";
import { type Result, success } from "../../domain/result.ts";
import { refuseUnknown, type SubscriptionNeeds, tellSubscription } from "./tell-subscription.ts";

/** Delivers nothing for now. What is under way ends as it ends; changes wait in D1, where they are anyway. */
export async function pauseSubscription(needs: SubscriptionNeeds, id: string): Promise<Result<Subscription, Failure>> {
  const row = await writeState(needs.db, id, "paused");
  if (row === null) return refuseUnknown(id);
  await needs.couriers(id).wake(id);
  return success(await tellSubscription(needs, row));
}

/** Delivers again, from where it stopped: what waits is tried at once, and has a day again. */
export async function resumeSubscription(needs: SubscriptionNeeds, id: string): Promise<Result<Subscription, Failure>> {
  const row = await writeState(needs.db, id, "active");
  if (row === null) return refuseUnknown(id);
  await needs.couriers(id).resume(id);
  return success(await tellSubscription(needs, row));
}
