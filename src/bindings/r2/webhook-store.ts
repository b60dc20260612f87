/*
 * webhooks/{day}/{delivery id}/body: the files that a generic hook brought along.
 * webhooks/{day}/{delivery id}/outcome: what came of a push, where D1's row would be large.
 * The day is that on which the delivery came in, so what is old comes first, and a sweep removes it with its row.
 */
const prefix = "webhooks/";

/** Which delivery something lies here for. */
export interface KeptDelivery {
  id: string;
  received_at: string;
}

/** Keeps one of a delivery's texts. */
export async function putHookText(
  bucket: R2Bucket,
  delivery: KeptDelivery,
  part: "body" | "outcome",
  text: string,
): Promise<void> {
  await bucket.put(keyOf(delivery, part), text, { httpMetadata: { contentType: "application/json" } });
}

/** Null when nothing lies there. */
export async function readHookText(
  bucket: R2Bucket,
  delivery: KeptDelivery,
  part: "body" | "outcome",
): Promise<string | null> {
  const object = await bucket.get(keyOf(delivery, part));
  return object === null ? null : object.text();
}

export async function deleteHookText(
  bucket: R2Bucket,
  delivery: KeptDelivery,
  part: "body" | "outcome",
): Promise<void> {
  await bucket.delete(keyOf(delivery, part));
}

/** Deletes what deliveries left that came in on days before this time's, at most a thousand texts. Answers how many. */
export async function deleteOldHookTexts(bucket: R2Bucket, before: string): Promise<number> {
  const { objects } = await bucket.list({ prefix, limit: 1000 });
  const old = objects.flatMap(({ key }) => (key < `${prefix}${dayOf(before)}` ? [key] : []));
  if (old.length > 0) await bucket.delete(old);
  return old.length;
}

function keyOf({ id, received_at }: KeptDelivery, part: string): string {
  return `${prefix}${dayOf(received_at)}/${id}/${part}`;
}

function dayOf(time: string): string {
  return time.slice(0, 10);
}
