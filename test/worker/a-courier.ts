import { env, runDurableObjectAlarm } from "cloudflare:test";
import { vi } from "vitest";
import type { OutgoingDelivery } from "../../src/contract/subscription/subscription.ts";
import { aName } from "../http/a-registry.ts";
import { anInbox, aSubscription, behave, deliveriesOf, gotBy, until } from "../http/a-subscription.ts";

export const courierOf = (id: string) => env.COURIER.get(env.COURIER.idFromName(id));

/** Lets so many seconds pass, and rings the courier's alarm. Its test must put the clock right again (`vi.useRealTimers`). */
export async function pass(id: string, seconds: number): Promise<void> {
  vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + seconds * 1000 });
  await runDurableObjectAlarm(courierOf(id));
}

/** The newest delivery, once it was tried so often. */
export async function tried(id: string, attempts: number): Promise<OutgoingDelivery> {
  const page = await until(
    () => deliveriesOf(id),
    ({ items }) => (items[0]?.attempt_count ?? 0) >= attempts,
  );
  const [newest] = page.items;
  if (newest === undefined) throw new Error("there is no delivery");
  return newest;
}

/** A subscription to one name, and an inbox that does not take what it gets. */
export async function aFailing(
  word: string,
  status = 500,
  headers: Record<string, string> = {},
): Promise<{ inbox: string; name: string; id: string }> {
  const inbox = anInbox();
  const name = aName(word);
  await behave(inbox, { otherwise: { does: "answer", status, headers } });
  const { id } = await aSubscription(inbox, { names: [`templates/${name}`] });
  return { inbox, name, id };
}

/** Ids of what an inbox got, oldest first. */
export async function idsOf(inbox: string): Promise<(string | undefined)[]> {
  return (await gotBy(inbox)).map(({ headers }) => headers["webhook-id"]);
}
