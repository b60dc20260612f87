import type { Client } from "../../client/create-client.ts";
import { getIncoming, listIncoming } from "../../contract/http/webhooks.ts";
import { type IncomingDelivery, incomingDeliveryId } from "../../contract/webhook/delivery.ts";
import { chooseOne } from "../choose-one.ts";
import { showAge } from "../terminal/show-time.ts";

/** The delivery that a text means: its id, the host's own id of it, its commit, or a unique part of its id among the newest. */
export async function findDelivery(client: Client, source: string, text: string): Promise<IncomingDelivery> {
  const read = (delivery_id: string) => client.call(getIncoming, { params: { source, delivery_id } });
  if (incomingDeliveryId.safeParse(text).success) return read(text);
  const { items } = await client.call(listIncoming, { params: { source }, query: { limit: "200" } });
  const meant = items.find(({ host_id, commit }) => host_id === text || (commit !== null && commit === text));
  const found =
    meant ??
    chooseOne(text, items, {
      what: `delivery of ${source} among the newest ${items.length}`,
      list: `webhooks deliveries ${source}`,
      idOf: ({ id }) => id,
      nameOf: () => null,
      tell: ({ event, state, received_at }) => `${event}, ${state}, ${showAge(received_at, Date.now())} ago`,
    });
  return read(found.id);
}
