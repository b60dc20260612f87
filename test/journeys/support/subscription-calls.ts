import { setTimeout as pause } from "node:timers/promises";
import type { z } from "zod";
import {
  createdSubscription,
  outgoingDelivery,
  outgoingDeliveryPage,
  subscription,
} from "../../../src/contract/subscription/subscription.ts";
import { type Writable, write } from "./registry-calls.ts";

/** What tests ask a registry's subscriptions for; `there` is the registry that runs just now. */
export function subscriptionCalls(there: () => Writable) {
  const call = async <Schema extends z.ZodType>(
    schema: Schema,
    status: number,
    method: string,
    path: string,
    body?: object,
  ): Promise<z.output<Schema>> => {
    const sent = body === undefined ? undefined : JSON.stringify(body);
    const answered = await write(there(), method, `/v1/subscriptions${path}`, sent);
    if (answered.status !== status)
      throw new Error(`${method} ${path} was answered ${answered.status}: ${answered.text}`);
    return schema.parse(JSON.parse(answered.text));
  };
  const get = (id: string) => call(subscription, 200, "GET", `/${id}`);
  return {
    get,
    create: (body: object) => call(createdSubscription, 201, "POST", "", body),
    rotate: (id: string, body: object) => call(createdSubscription, 200, "POST", `/${id}:rotate`, body),
    ping: (id: string) => call(outgoingDelivery, 200, "POST", `/${id}:ping`),
    deliveries: (id: string, query = "") => call(outgoingDeliveryPage, 200, "GET", `/${id}/deliveries${query}`),
    /** Waits until it has taken up all changes up to `seq`, and nothing waits. */
    untilDone: async (id: string, seq: number) => {
      for (let left = 1200; ; left -= 1) {
        const told = await get(id);
        if (told.position >= seq && told.waiting === 0) return told;
        if (left === 0) throw new Error(`not all was delivered: ${JSON.stringify(told)}`);
        await pause(50);
      }
    },
  };
}
