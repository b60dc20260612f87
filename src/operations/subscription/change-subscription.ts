import { type SubscriptionRow, writeSettings } from "../../bindings/d1/subscription/subscription-row.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Subscription } from "../../contract/subscription/subscription.ts";
import { type Result, success } from "../../domain/result.ts";
import { checkAddress } from "./check-subscription.ts";
import { refuseUnknown, type SubscriptionNeeds, tellSubscription } from "./tell-subscription.ts";

/** Puts other settings in place of all that a subscription says. What waits goes to its new address. */
export async function changeSubscription(
  needs: SubscriptionNeeds & { mayAskPrivate: boolean },
  id: string,
  settings: SubscriptionRow["settings"],
): Promise<Result<Subscription, Failure>> {
  const address = checkAddress(settings.url, needs.mayAskPrivate);
  if (!address.ok) return address;
  const row = await writeSettings(needs.db, id, settings);
  if (row === null) return refuseUnknown(id);
  await needs.couriers(id).wake(id);
  return success(await tellSubscription(needs, row));
}
