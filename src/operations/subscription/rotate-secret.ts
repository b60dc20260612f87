import { loadSubscription, replaceSecrets } from "../../bindings/d1/subscription/subscription-row.ts";
import type { Failure } from "../../contract/failure.ts";
import type { CreatedSubscription, RotateSecretRequest } from "../../contract/subscription/subscription.ts";
import type { Sealer } from "../../domain/access/sealer.ts";
import { type Result, success } from "../../domain/result.ts";
import { rotateSecrets } from "../../domain/subscription/subscription-secrets.ts";
import { chooseSecret } from "./check-subscription.ts";
import { keepSecret } from "./keep-secret.ts";
import { refuseUnknown, type SubscriptionNeeds, tellSubscription } from "./tell-subscription.ts";

/**
 * Gives a subscription another secret; the one before signs too for a while. Couriers read the secrets before each try, so when this has
 * answered, whatever is sent is signed as it says.
 */
export async function rotateSecret(
  needs: SubscriptionNeeds & { sealer: Sealer },
  id: string,
  { secret: wanted, overlap_seconds }: RotateSecretRequest,
): Promise<Result<CreatedSubscription, Failure>> {
  const secret = chooseSecret(wanted);
  if (!secret.ok) return secret;
  for (;;) {
    const before = await loadSubscription(needs.db, id);
    if (before === null) return refuseUnknown(id);
    const now = needs.now();
    const fresh = await keepSecret(needs.sealer, secret.value, now);
    const secrets = rotateSecrets(before.secrets, fresh, now, overlap_seconds);
    // Somebody who rotated it meanwhile was first: once more, after theirs.
    if (!(await replaceSecrets(needs.db, before, secrets))) continue;
    return success({ ...(await tellSubscription(needs, { ...before, secrets })), secret: secret.value });
  }
}
