import { loadSubscription } from "../../bindings/d1/subscription/subscription-row.ts";
import { limits } from "../../contract/limits.ts";
import type { OpenCourier } from "./open-courier.ts";
import { takeUpChanges } from "./take-up-changes.ts";
import { tendCourier } from "./tend-courier.ts";

/** The log is swept at most this often. */
const sweepEveryMs = 3600_000;

/** Looks what the subscription says now, takes up changes, and starts what is due. `isResumed`: what waits is tried at once, as if for the first time. */
export async function wakeCourier(
  courier: OpenCourier,
  subscriptionId: string,
  { isResumed }: { isResumed: boolean } = { isResumed: false },
): Promise<void> {
  const { tables } = courier;
  const subscription = await loadSubscription(courier.db, subscriptionId);
  if (subscription === null) return courier.removeAll();
  tables.open(subscriptionId, subscription.begins_after);
  const isActive = subscription.state === "active";
  tables.change(() => {
    tables.setActive(isActive);
    if (isResumed) tables.deliveries.restartAll(courier.nowMs());
  });
  sweepLog(courier);
  if (isActive) await takeUpChanges(courier, subscription);
  tendCourier(courier);
}

/** What a courier's alarm does. It never throws: when D1 does not answer, it rings again. */
export async function ringCourier(courier: OpenCourier): Promise<void> {
  const owner = courier.tables.owner();
  if (owner === null) return;
  try {
    await wakeCourier(courier, owner.subscription_id);
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", courier: owner.subscription_id, error: String(error) }));
    tendCourier(courier, { isHeld: true });
  }
}

function sweepLog(courier: OpenCourier): void {
  const nowMs = courier.nowMs();
  if (nowMs - courier.sweptMs < sweepEveryMs) return;
  courier.sweptMs = nowMs;
  const keptSince = nowMs - limits.deliveryKeptSeconds * 1000;
  courier.tables.change(() => courier.tables.deliveries.removeEnded(keptSince, limits.deliveriesKept));
}
