import { forgetDeliveries, listDueDeliveries } from "../../bindings/d1/webhook/owed-statuses.ts";
import { sendHook, type WebhookEvents } from "../../bindings/queue/webhook-events.ts";
import { deleteOldHookTexts } from "../../bindings/r2/webhook-store.ts";
import { limits } from "../../contract/limits.ts";

export interface SweepHooksNeeds {
  db: D1Database;
  blobs: R2Bucket;
  webhookEvents: WebhookEvents;
}

/** Younger ones are on their way by themselves. */
const settledMs = 15_000;
const sentAtOnce = 100;
const forgottenAtOnce = 1000;
const dayMs = 24 * 3600 * 1000;

/** Sends again what is to be done and lost its way, and forgets deliveries that ended long ago. */
export async function sweepHooks(needs: SweepHooksNeeds, now: Date): Promise<{ sent: number; forgotten: number }> {
  const due = await listDueDeliveries(
    needs.db,
    now.toISOString(),
    new Date(now.getTime() - settledMs).toISOString(),
    sentAtOnce,
  );
  for (const id of due) await sendHook(needs.webhookEvents, id);
  const keptMs = limits.hookKeptSeconds * 1000;
  const forgotten = await forgetDeliveries(needs.db, new Date(now.getTime() - keptMs).toISOString(), forgottenAtOnce);
  // After their rows, with time to spare: a delivery that is being done keeps what it needs.
  await deleteOldHookTexts(needs.blobs, new Date(now.getTime() - keptMs - 2 * dayMs).toISOString());
  return { sent: due.length, forgotten };
}
