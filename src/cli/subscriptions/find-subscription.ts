import type { Client } from "../../client/create-client.ts";
import { getSubscription, listSubscriptions } from "../../contract/http/subscriptions.ts";
import { type Subscription, subscriptionId } from "../../contract/subscription/subscription.ts";
import { chooseOne } from "../choose-one.ts";

/** The subscription that a text means: its id, a unique part of that, or its address. */
export async function findSubscription(client: Client, text: string): Promise<Subscription> {
  if (subscriptionId.safeParse(text).success) {
    return client.call(getSubscription, { params: { subscription_id: text } });
  }
  const { items } = await client.call(listSubscriptions);
  return chooseOne(text, items, {
    what: "subscription",
    list: "subscriptions",
    idOf: ({ id }) => id,
    nameOf: ({ url }) => url,
    tell: ({ url, state }) => `${url}, ${state}`,
  });
}
