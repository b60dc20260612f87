import { insertDelivery, loadDelivery } from "../../bindings/d1/webhook/delivery-row.ts";
import { sendHook, type WebhookEvents } from "../../bindings/queue/webhook-events.ts";
import type { Failure } from "../../contract/failure.ts";
import type { IncomingDelivery } from "../../contract/webhook/delivery.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { newDeliveryId } from "./delivery-id.ts";
import { findSource } from "./find-source.ts";
import { deliveryOf } from "./keep-outcome.ts";

export interface QueueHookNeeds {
  db: D1Database;
  webhookEvents: WebhookEvents;
  now: () => Date;
}

/** Queues what a push of the branch's head would: for a source that is new, or was paused, or whose host lost a hook. */
export async function syncSource(
  needs: QueueHookNeeds,
  name: string,
  asked: { registryUrl: string; by: string },
): Promise<Result<IncomingDelivery, Failure>> {
  const found = await findSource(needs.db, name);
  if (!found.ok) return found;
  const { provider, state, settings } = found.value;
  if (provider === "generic") {
    const message = `${name} is a generic source: nobody can be asked for its files, its hooks bring them`;
    return refusal({ code: "STATE_CONFLICT", message });
  }
  if (state === "paused") {
    return refusal({ code: "STATE_CONFLICT", message: `the source ${name} is paused; resume it first` });
  }
  const id = newDeliveryId();
  await insertDelivery(needs.db, {
    ...{ id, source: name, host_id: `sync:${id}`, registry_url: asked.registryUrl, body_digest: `sync:${id}` },
    ...{ event: "sync", ref: `refs/heads/${settings.branch}`, commit_id: null, pusher: asked.by },
    ...{ state: "queued", reason: null, received_at: needs.now().toISOString(), finished_at: null },
  });
  await sendHook(needs.webhookEvents, id);
  const kept = await loadDelivery(needs.db, id);
  if (kept === null) throw new Error(`the delivery ${id} was written and is not there`);
  return success(deliveryOf(kept));
}
