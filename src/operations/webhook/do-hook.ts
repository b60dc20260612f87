import { bytesToHex } from "@noble/hashes/utils.js";
import { loadDelivery } from "../../bindings/d1/webhook/delivery-row.ts";
import { nextDelivery } from "../../bindings/d1/webhook/delivery-transitions.ts";
import { giveLease, type LeaseHolder, renewLease, takeLease } from "../../bindings/d1/webhook/source-lease.ts";
import { loadSource } from "../../bindings/d1/webhook/source-row.ts";
import { type DeliveryNeeds, doDelivery } from "./do-delivery.ts";
import { postOwedStatus } from "./post-status.ts";

/** What became of a delivery that a queue wants done. */
export type HookProgress = { isDone: true } | { isDone: false; afterSeconds: number };

const leaseSeconds = 20;
const renewSeconds = 5;
/** Deliveries of one source that one message does at most: then others get their turn. */
const mostAtOnce = 10;

/**
 * Does a delivery, and those of its source that were there before it. A source does one at a time, so somebody else may be at it: then
 * it is asked again soon.
 */
export async function doHook(needs: DeliveryNeeds, deliveryId: string): Promise<HookProgress> {
  const delivery = await loadDelivery(needs.db, deliveryId);
  if (delivery === null) return { isDone: true };
  const { source, state, status_posted: statusPosted } = delivery;
  if (state === "queued" || state === "working") {
    const lease = { source, holder: `${deliveryId}/${bytesToHex(crypto.getRandomValues(new Uint8Array(8)))}` };
    if (await takeLease(needs.db, lease, timeIn(needs, 0), timeIn(needs, leaseSeconds))) await doThose(needs, lease);
  } else if (statusPosted === "waiting" && secondsUntil(needs, delivery.next_attempt_at) === 0) {
    const row = await loadSource(needs.db, source);
    if (row !== null) await postOwedStatus(needs, row, delivery);
  }
  return progressOf(needs, deliveryId);
}

async function doThose(needs: DeliveryNeeds, lease: LeaseHolder): Promise<void> {
  const renewing = setInterval(() => {
    // Missed once, it is renewed the next time; lost, the last step of the work finds out.
    renewLease(needs.db, lease, timeIn(needs, leaseSeconds)).catch(() => undefined);
  }, renewSeconds * 1000);
  try {
    for (let done = 0; done < mostAtOnce; done++) {
      // Anew for each: the one before moved it on.
      const source = await loadSource(needs.db, lease.source);
      if (source === null) return;
      const inOrder = source.provider === "generic";
      const next = await nextDelivery(needs.db, lease.source, timeIn(needs, 0), inOrder);
      if (next === null || secondsUntil(needs, next.next_attempt_at) > 0) return;
      await doDelivery(needs, source, next, lease);
    }
  } finally {
    clearInterval(renewing);
    await giveLease(needs.db, lease);
  }
}

async function progressOf(needs: DeliveryNeeds, deliveryId: string): Promise<HookProgress> {
  const after = await loadDelivery(needs.db, deliveryId);
  if (after === null) return { isDone: true };
  const isOpen = after.state === "queued" || after.state === "working";
  if (!isOpen && after.status_posted !== "waiting") return { isDone: true };
  // Without a time of its own, it waits for somebody who is at its source.
  return { isDone: false, afterSeconds: Math.max(1, secondsUntil(needs, after.next_attempt_at)) };
}

function secondsUntil({ now }: Pick<DeliveryNeeds, "now">, time: string | null): number {
  return time === null ? 0 : Math.max(0, Math.ceil((Date.parse(time) - now().getTime()) / 1000));
}

function timeIn({ now }: Pick<DeliveryNeeds, "now">, seconds: number): string {
  return new Date(now().getTime() + seconds * 1000).toISOString();
}
