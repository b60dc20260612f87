import type { HookMessage } from "../../contract/webhook/delivery.ts";

/** The queue `webhook-events`: the promise that a webhook that was acknowledged is done. */
export type WebhookEvents = Queue<HookMessage>;

/** Puts a delivery on its way to being done. Answers false when the queue does not take it: then cron sends it again. */
export async function sendHook(queue: WebhookEvents, deliveryId: string): Promise<boolean> {
  try {
    await queue.send({ delivery_id: deliveryId });
    return true;
  } catch (error) {
    console.error(JSON.stringify({ level: "error", webhook_events_send: deliveryId, error: String(error) }));
    return false;
  }
}
