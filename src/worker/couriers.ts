import { listActiveSubscriptions } from "../bindings/d1/subscription/subscription-row.ts";
import type { Couriers } from "../bindings/durable/courier.ts";

/** Finds the Courier of a subscription. */
export function couriersOf(env: Env): Couriers {
  return (subscriptionId) => env.COURIER.get(env.COURIER.idFromName(subscriptionId));
}

/** Couriers that are woken at once. */
const wokenAtOnce = 20;

/** Wakes the couriers of all subscriptions that are active. Answers how many could not be woken; cron does it again for those. */
export async function wakeCouriers(env: Env): Promise<number> {
  const couriers = couriersOf(env);
  const ids = await listActiveSubscriptions(env.DB);
  let failed = 0;
  for (let start = 0; start < ids.length; start += wokenAtOnce) {
    const some = ids.slice(start, start + wokenAtOnce);
    const woken = await Promise.allSettled(some.map((id) => couriers(id).wake(id)));
    for (const [at, outcome] of woken.entries()) {
      if (outcome.status === "fulfilled") continue;
      failed += 1;
      console.warn(JSON.stringify({ level: "warn", courier_wake: some[at], error: String(outcome.reason) }));
    }
  }
  return failed;
}
