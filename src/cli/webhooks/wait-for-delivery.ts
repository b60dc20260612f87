import { again } from "../../client/again.ts";
import { pause } from "../../client/pause.ts";
import { getIncoming } from "../../contract/http/webhooks.ts";
import type { IncomingDelivery } from "../../contract/webhook/delivery.ts";
import type { Session } from "../session.ts";
import { plainText } from "../terminal/plain-text.ts";

const firstPauseMs = 200;
const longestPauseMs = 2000;

/** Waits until a delivery has come to something, and tells meanwhile why it waits. Null: interrupted; the registry goes on with it. */
export async function waitForDelivery(
  { client, terminal }: Session,
  begun: IncomingDelivery,
): Promise<IncomingDelivery | null> {
  const leaving = new AbortController();
  const leave = () => leaving.abort();
  process.once("SIGINT", leave).once("SIGTERM", leave);
  const { signal } = leaving;
  const params = { source: begun.source, delivery_id: begun.id };
  try {
    let told: string | null = null;
    let delivery = begun;
    for (let pauseMs = firstPauseMs; isUnderWay(delivery); pauseMs = Math.min(longestPauseMs, pauseMs * 1.5)) {
      if (delivery.reason !== null && delivery.reason !== told) {
        told = delivery.reason;
        const next = delivery.next_attempt_at === null ? "" : `; next try at ${delivery.next_attempt_at}`;
        terminal.note(`waits: ${plainText(told)}${next}`);
      }
      await pause(pauseMs, signal);
      delivery = await again(() => client().call(getIncoming, { params, signal }), { signal });
    }
    return delivery;
  } catch (error) {
    if (signal.aborted) return null;
    throw error;
  } finally {
    process.off("SIGINT", leave).off("SIGTERM", leave);
  }
}

function isUnderWay({ state }: IncomingDelivery): boolean {
  return state === "queued" || state === "working";
}
