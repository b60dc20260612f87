import { type DeliveryRow, loadDelivery } from "../../bindings/d1/webhook/delivery-row.ts";
import { hasNewerDone, reopenDelivery } from "../../bindings/d1/webhook/delivery-transitions.ts";
import { sendHook } from "../../bindings/queue/webhook-events.ts";
import type { Failure } from "../../contract/failure.ts";
import type { IncomingDelivery } from "../../contract/webhook/delivery.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { findSource } from "./find-source.ts";
import { deliveryOf } from "./keep-outcome.ts";
import type { QueueHookNeeds } from "./sync-source.ts";

/** A delivery of a source. */
export async function findDelivery(db: D1Database, source: string, id: string): Promise<Result<DeliveryRow, Failure>> {
  const found = await findSource(db, source);
  if (!found.ok) return found;
  const row = await loadDelivery(db, id);
  if (row !== null && row.source === source) return success(row);
  const message = `the source ${source} has no delivery ${id}; those that ended are kept for a month`;
  return refusal({ code: "DELIVERY_NOT_FOUND", message });
}

/** Queues a delivery that has ended once more. */
export async function redeliver(
  needs: QueueHookNeeds,
  sourceName: string,
  id: string,
): Promise<Result<IncomingDelivery, Failure>> {
  const source = await findSource(needs.db, sourceName);
  if (!source.ok) return source;
  const found = await findDelivery(needs.db, sourceName, id);
  if (!found.ok) return found;
  const refused = await whyNot(needs, source.value, found.value);
  if (refused !== null) return refusal({ code: "STATE_CONFLICT", message: refused });
  if (!(await reopenDelivery(needs.db, id))) return refusal({ code: "STATE_CONFLICT", message: notEnded(id) });
  await sendHook(needs.webhookEvents, id);
  const reopened = await findDelivery(needs.db, sourceName, id);
  return reopened.ok ? success(deliveryOf(reopened.value)) : reopened;
}

async function whyNot(
  { db }: QueueHookNeeds,
  { name, state, provider }: { name: string; state: string; provider: string },
  delivery: DeliveryRow,
): Promise<string | null> {
  if (delivery.state === "queued" || delivery.state === "working") return notEnded(delivery.id);
  if (state === "paused") return `the source ${name} is paused; resume it first`;
  // A host is asked how its commits stand to each other; of files that came along, only their order tells.
  const newer = provider === "generic" ? await hasNewerDone(db, delivery) : null;
  return newer === null ? null : `a newer push came since, ${newer}, and older files must not undo it: push them anew`;
}

function notEnded(id: string): string {
  return `the delivery ${id} has not ended; it is done as soon as it can be`;
}
