import type { DeliveryRow } from "../../bindings/d1/webhook/delivery-row.ts";
import { type KeptDelivery, putHookText, readHookText } from "../../bindings/r2/webhook-store.ts";
import { type IncomingDelivery, type PushOutcome, pushOutcome } from "../../contract/webhook/delivery.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";

/** A row of D1 stays small, so that lists of deliveries do. */
const mostBytes = 64 * 1024;

/** Keeps an outcome: in D1 what is small; of what is large, D1 has all but the files, and R2 has it whole. */
export async function keepOutcome(
  blobs: R2Bucket,
  delivery: KeptDelivery,
  outcome: PushOutcome,
): Promise<{ outcome: PushOutcome; outcomeDigest: string | null }> {
  const text = JSON.stringify(outcome);
  if (text.length <= mostBytes) return { outcome, outcomeDigest: null };
  await putHookText(blobs, delivery, "outcome", text);
  return { outcome: { ...outcome, files: [] }, outcomeDigest: digestOfBytes(new TextEncoder().encode(text)) };
}

/** A delivery as it is told, with the outcome of each file. */
export async function wholeDelivery(blobs: R2Bucket, row: DeliveryRow): Promise<IncomingDelivery> {
  const told = deliveryOf(row);
  if (row.outcome_digest === null) return { ...told, outcome: row.outcome };
  const text = await readHookText(blobs, row, "outcome");
  return { ...told, outcome: text === null ? row.outcome : pushOutcome.parse(JSON.parse(text)) };
}

/** A delivery as lists tell it: its outcome is without its files. */
export function deliveryOf(row: DeliveryRow): IncomingDelivery {
  const { registry_url: _, body_digest: __, outcome_digest: ___, commit_id: commit, outcome, ...told } = row;
  return { ...told, commit, outcome: outcome === null ? null : { ...outcome, files: [] } };
}
