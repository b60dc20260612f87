import { expect, inject, onTestFinished, vi } from "vitest";
import { z } from "zod";
import type { changeEvent } from "../../src/contract/announcement/change-event.ts";
import {
  createdSubscription,
  deliveredBody,
  type OutgoingDelivery,
  outgoingDelivery,
  outgoingDeliveryPage,
  type Subscription,
  subscription,
} from "../../src/contract/subscription/subscription.ts";
import { type Manners, type Received, received } from "../receiver/behaviour.ts";
import { ask, askJson } from "./a-registry.ts";

export type CreatedSubscription = z.infer<typeof createdSubscription>;

/** An inbox that no other test has. */
export function anInbox(): string {
  return `inbox-${crypto.randomUUID()}`;
}

/** Where what is sent to an inbox goes. */
export function addressOf(inbox: string): string {
  return `${inject("receiverUrl")}/${inbox}`;
}

/** What an inbox does from now on. */
export async function behave(inbox: string, how: Manners): Promise<void> {
  const address = `${inject("receiverUrl")}/inboxes/${inbox}`;
  const response = await fetch(address, { method: "PUT", body: JSON.stringify(how) });
  expect(response.status).toBe(200);
  await response.body?.cancel();
}

/** What an inbox got, oldest first. */
export async function gotBy(inbox: string): Promise<Received[]> {
  const response = await fetch(`${inject("receiverUrl")}/inboxes/${inbox}`);
  return z.array(received).parse(await response.json());
}

/** The changes that an inbox got, in their order; pings are left out. */
export async function changesOf(inbox: string): Promise<z.infer<typeof changeEvent>[]> {
  const bodies = (await gotBy(inbox)).map(({ body }) => deliveredBody.parse(JSON.parse(body)));
  return bodies.flatMap((body) => (body.type === "ping" ? [] : [body.data]));
}

/** Has changes sent to an inbox, until the test ends: others share its registry. */
export async function aSubscription(inbox: string, parts: Record<string, unknown> = {}): Promise<CreatedSubscription> {
  const response = await askJson("POST", "/v1/subscriptions", { url: addressOf(inbox), ...parts });
  expect(response.status, await response.clone().text()).toBe(201);
  const made = createdSubscription.parse(await response.json());
  onTestFinished(async () => {
    await (await ask("DELETE", `/v1/subscriptions/${made.id}`)).body?.cancel();
  });
  return made;
}

export async function getSubscription(id: string): Promise<Subscription> {
  const response = await ask("GET", `/v1/subscriptions/${id}`);
  expect(response.status, await response.clone().text()).toBe(200);
  return subscription.parse(await response.json());
}

/** One of the routes that change a subscription: `pause`, `resume`, `ping` … */
export async function doTo<Schema extends z.ZodType>(
  schema: Schema,
  id: string,
  verb: string,
  body: object = {},
): Promise<z.output<Schema>> {
  const response = await askJson("POST", `/v1/subscriptions/${id}:${verb}`, body);
  expect(response.status, await response.clone().text()).toBe(200);
  return schema.parse(await response.json());
}

export const ping = (id: string): Promise<OutgoingDelivery> => doTo(outgoingDelivery, id, "ping");

export async function deliveriesOf(id: string, query = ""): Promise<z.infer<typeof outgoingDeliveryPage>> {
  const response = await ask("GET", `/v1/subscriptions/${id}/deliveries${query}`);
  expect(response.status, await response.clone().text()).toBe(200);
  return outgoingDeliveryPage.parse(await response.json());
}

/** Waits until something is so; fails with what it is instead. */
export function until<Value>(look: () => Promise<Value>, isSo: (value: Value) => boolean): Promise<Value> {
  const asked = async () => {
    const value = await look();
    if (!isSo(value)) throw new Error(`it is not so yet: ${JSON.stringify(value).slice(0, 2000)}`);
    return value;
  };
  return vi.waitFor(asked, { timeout: 40_000, interval: 50 });
}
