import { insertSubscription } from "../../bindings/d1/subscription/subscription-row.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import type { CreatedSubscription, SubscriptionRequest } from "../../contract/subscription/subscription.ts";
import type { Sealer } from "../../domain/access/sealer.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { checkAddress, chooseSecret } from "./check-subscription.ts";
import { keepSecret } from "./keep-secret.ts";
import { subscriptionOf } from "./tell-subscription.ts";

export interface CreateSubscriptionNeeds {
  db: D1Database;
  sealer: Sealer;
  mayAskPrivate: boolean;
  now: () => Date;
}

/** Has changes from now on sent to an address. The answer is the only place where the secret is told. */
export async function createSubscription(
  needs: CreateSubscriptionNeeds,
  { secret: wanted, ...settings }: SubscriptionRequest,
  by: string,
): Promise<Result<CreatedSubscription, Failure>> {
  const address = checkAddress(settings.url, needs.mayAskPrivate);
  if (!address.ok) return address;
  const secret = chooseSecret(wanted);
  if (!secret.ok) return secret;
  const now = needs.now();
  const row = await insertSubscription(needs.db, {
    id: `sub_${crypto.randomUUID().replaceAll("-", "").slice(-16)}`,
    settings,
    secrets: [await keepSecret(needs.sealer, secret.value, now)],
    created_at: now.toISOString(),
    created_by: by,
  });
  if (row !== null) return success({ ...subscriptionOf(row, null, now), secret: secret.value });
  const message = `there are ${limits.subscriptions} subscriptions, as many as a registry has; remove one that nobody needs (DELETE /v1/subscriptions/{subscription_id})`;
  return refusal({ code: "LIMIT_REACHED", message });
}
