import { env, runDurableObjectAlarm } from "cloudflare:test";
import { afterEach, expect, it, vi } from "vitest";
import { subscription } from "../../src/contract/subscription/subscription.ts";
import { aDocument, aName, ask, publish } from "../http/a-registry.ts";
import {
  anInbox,
  aSubscription,
  behave,
  changesOf,
  deliveriesOf,
  doTo,
  getSubscription,
  gotBy,
  until,
} from "../http/a-subscription.ts";
import { aFailing, courierOf, idsOf, pass, tried } from "./a-courier.ts";

afterEach(() => {
  vi.useRealTimers();
});

it("gives a delivery up after a day, and says so where somebody looks", async () => {
  const { inbox, name, id } = await aFailing("hopeless", 502);
  const { seq } = await publish(aDocument(name));
  await tried(id, 1);
  await publish(aDocument(name, { version: "1.0.1" }));
  await pass(id, 24 * 3600);
  const told = await until(
    () => getSubscription(id),
    ({ state }) => state === "disabled",
  );
  expect(told.reason).toMatch(new RegExp(`^evt_${seq} failed since .*; last: it answered 502$`));
  expect(told.waiting).toBe(1);
  const [behind, first] = (await deliveriesOf(id)).items;
  expect([first?.state, behind?.state]).toEqual(["given_up", "waiting"]);
  const audited = await env.DB.prepare(
    "SELECT actor, operation FROM audit_entry WHERE subject = ? AND actor = 'registry'",
  )
    .bind(`subscriptions/${id}`)
    .all();
  expect(audited.results).toEqual([{ actor: "registry", operation: "disableSubscription" }]);
  // Nothing more is sent, whatever comes and whoever wakes it.
  const count = (await gotBy(inbox)).length;
  await publish(aDocument(name, { version: "1.0.2" }));
  await courierOf(id).wake(id);
  await runDurableObjectAlarm(courierOf(id));
  expect((await gotBy(inbox)).length).toBe(count);

  await behave(inbox, {});
  await doTo(subscription, id, "resume");
  await until(
    () => getSubscription(id),
    ({ waiting, position, last_delivered_at }) => waiting === 0 && position > seq + 1 && last_delivered_at !== null,
  );
  const changes = await changesOf(inbox);
  expect(changes.slice(count).map(({ version }) => version)).toEqual(["1.0.1", "1.0.2"]);
  await ask("POST", `/v1/subscriptions/${id}/deliveries/evt_${seq}:resend`);
  await until(
    () => idsOf(inbox),
    (ids) => ids.at(-1) === `evt_${seq}`,
  );
});

it("gives what waits another day when its subscription is resumed", async () => {
  const inbox = anInbox();
  const [failing, gone] = [aName("again"), aName("again")];
  const answer = (status: number) => ({ does: "answer" as const, status });
  await behave(inbox, { by_name: { [`templates/${failing}`]: answer(500), [`templates/${gone}`]: answer(410) } });
  const { id } = await aSubscription(inbox, { names: [`templates/${failing}`, `templates/${gone}`] });
  const { seq } = await publish(aDocument(failing));
  await tried(id, 1);
  await publish(aDocument(gone));
  await until(
    () => getSubscription(id),
    ({ state }) => state === "disabled",
  );
  await pass(id, 25 * 3600);
  await behave(inbox, { by_name: { [`templates/${failing}`]: answer(500) } });
  const before = (await idsOf(inbox)).length;
  await doTo(subscription, id, "resume");
  await until(
    () => idsOf(inbox),
    (ids) => ids.slice(before).includes(`evt_${seq}`) && ids.length >= before + 2,
  );
  await until(
    () => deliveriesOf(id, "?state=waiting"),
    ({ items }) => items.length === 1 && (items[0]?.attempt_count ?? 0) >= 2,
  );
  expect((await getSubscription(id)).state).toBe("active");
});

it("sends nothing more to who answers 410, and keeps what waits", async () => {
  const { inbox, name, id } = await aFailing("gone", 410);
  await publish(aDocument(name));
  await publish(aDocument(name, { version: "1.0.1" }));
  const told = await until(
    () => getSubscription(id),
    ({ state }) => state === "disabled",
  );
  expect(told.reason).toContain("answered 410");
  await until(
    () => deliveriesOf(id),
    ({ items }) => items.some(({ attempt_count }) => attempt_count > 0),
  );
  const count = (await gotBy(inbox)).length;
  await behave(inbox, {});
  await doTo(subscription, id, "resume");
  await until(
    () => changesOf(inbox),
    (changes) => changes.length === count + 2,
  );
  expect((await changesOf(inbox)).slice(count).map(({ version }) => version)).toEqual(["1.0.0", "1.0.1"]);
});
