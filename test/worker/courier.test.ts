import { env, runInDurableObject } from "cloudflare:test";
import { afterEach, expect, it, vi } from "vitest";
import { loadHeadSeq } from "../../src/bindings/d1/announcement/head-seq.ts";
import { type OutgoingDelivery, subscription } from "../../src/contract/subscription/subscription.ts";
import { consumeOutgoing } from "../../src/worker/consume-outgoing.ts";
import { Courier } from "../../src/worker/courier.ts";
import { aDocument, aName, publish } from "../http/a-registry.ts";
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
import { broken } from "./a-broken-env.ts";
import { aFailing, courierOf, idsOf, pass, tried } from "./a-courier.ts";

afterEach(() => {
  vi.useRealTimers();
});

const waitOf = ({ next_attempt_at, attempts }: OutgoingDelivery) =>
  Date.parse(next_attempt_at ?? "") - Date.parse(attempts.at(-1)?.at ?? "");

it("tries again, later and later, under the same id, until it is taken", async () => {
  const { inbox, name, id } = await aFailing("healing");
  const { seq } = await publish(aDocument(name));
  expect(waitOf(await tried(id, 1))).toBeGreaterThanOrEqual(1000);
  await pass(id, 60);
  expect(waitOf(await tried(id, 2))).toBeGreaterThanOrEqual(2000);
  await pass(id, 60);
  expect(waitOf(await tried(id, 3))).toBeGreaterThanOrEqual(4000);
  expect(await getSubscription(id)).toMatchObject({ state: "active", waiting: 1, last_delivered_at: null });
  expect((await getSubscription(id)).failing_since).not.toBeNull();
  await behave(inbox, {});
  await pass(id, 60);
  expect(await tried(id, 4)).toMatchObject({ state: "delivered", attempt_count: 4, next_attempt_at: null });
  expect(new Set(await idsOf(inbox))).toEqual(new Set([`evt_${seq}`]));
  expect(new Set((await gotBy(inbox)).map(({ body }) => body)).size).toBe(1);
  expect(await getSubscription(id)).toMatchObject({ waiting: 0, failing_since: null });
});

it("does not come before a receiver wants it", async () => {
  const { name, id } = await aFailing("patient", 503, { "Retry-After": "120" });
  await publish(aDocument(name));
  expect(waitOf(await tried(id, 1))).toBeGreaterThanOrEqual(120_000);
});

it("keeps the order of each name, and lets no name wait for another", async () => {
  const inbox = anInbox();
  const [stuck, free] = [aName("stuck"), aName("free")];
  await behave(inbox, { by_name: { [`templates/${stuck}`]: { does: "answer", status: 500 } } });
  const { id } = await aSubscription(inbox, { names: [`templates/${stuck}`, `templates/${free}`] });
  for (const version of ["1.0.0", "1.0.1", "1.0.2"]) {
    await publish(aDocument(stuck, { version }));
    await publish(aDocument(free, { version }));
  }
  await until(
    () => deliveriesOf(id, "?state=delivered"),
    ({ items }) => items.length === 3,
  );
  const before = (await changesOf(inbox)).filter(({ name }) => name === stuck);
  expect(new Set(before.map(({ version }) => version))).toEqual(new Set(["1.0.0"]));
  const waiting = (await deliveriesOf(id, "?state=waiting")).items;
  expect(waiting.map(({ next_attempt_at }) => next_attempt_at !== null)).toEqual([false, false, true]);

  await behave(inbox, {});
  await pass(id, 60);
  await until(
    () => getSubscription(id),
    ({ waiting }) => waiting === 0,
  );
  const versionsOf = async (wanted: string) =>
    (await changesOf(inbox)).filter(({ name }) => name === wanted).map(({ version }) => version);
  expect([...new Set(await versionsOf(stuck))]).toEqual(["1.0.0", "1.0.1", "1.0.2"]);
  expect(await versionsOf(free)).toEqual(["1.0.0", "1.0.1", "1.0.2"]);
});

it("does not wait for a receiver that says nothing", async () => {
  const inbox = anInbox();
  const [hanging, free] = [aName("hanging"), aName("hanging")];
  await behave(inbox, { by_name: { [`templates/${hanging}`]: { does: "hang" } } });
  const { id } = await aSubscription(inbox, { names: [`templates/${hanging}`, `templates/${free}`] });
  await publish(aDocument(hanging));
  await until(
    () => gotBy(inbox),
    (got) => got.length === 1,
  );
  await publish(aDocument(free));
  await until(
    () => deliveriesOf(id, "?state=delivered"),
    ({ items }) => items[0]?.name === `templates/${free}`,
  );
  const [waiting] = (
    await until(
      () => deliveriesOf(id, "?state=waiting"),
      ({ items }) => items[0]?.attempt_count === 1,
    )
  ).items;
  expect(waiting?.attempts).toMatchObject([{ status: null, error: "it did not answer within 15 s" }]);
});

it("sends each change once, however many wake it at once", async () => {
  const inbox = anInbox();
  const words = Array.from({ length: 12 }, () => aName("woken"));
  const { id } = await aSubscription(inbox, { names: ["templates/woken_*"] });
  const publishing = words.map((name) => publish(aDocument(name)));
  const waking = Array.from({ length: 30 }, () => courierOf(id).wake(id));
  await Promise.all([...publishing, ...waking]);
  await until(
    () => changesOf(inbox),
    (changes) => changes.length >= words.length,
  );
  await courierOf(id).wake(id);
  const seqs = (await changesOf(inbox)).map(({ seq }) => seq);
  expect(new Set(seqs).size).toBe(words.length);
  expect(seqs.length).toBe(words.length);
});

it("takes up more changes than it reads at once, each once and in order", async () => {
  const inbox = anInbox();
  const word = aName("many");
  const { id } = await aSubscription(inbox, { names: [`templates/${word}_*`] });
  // Of 200 names, as if each had been published three times while nobody was woken.
  await env.DB.prepare(
    `WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 599)
     INSERT INTO announcement (kind, name, revision, change, version, announced_at, announced_by)
     SELECT 'template', ? || '_' || (i % 200), i / 200 + 1, 'published', '1.0.' || (i / 200), ?, 'test' FROM n ORDER BY i`,
  )
    .bind(word, new Date().toISOString())
    .run();
  await courierOf(id).wake(id);
  await until(
    () => getSubscription(id),
    ({ waiting }) => waiting === 0,
  );
  const changes = await changesOf(inbox);
  expect(changes.length).toBe(600);
  expect(new Set(changes.map(({ seq }) => seq)).size).toBe(600);
  const ofOne = changes.filter(({ name }) => name === `${word}_7`).map(({ version }) => version);
  expect(ofOne).toEqual(["1.0.0", "1.0.1", "1.0.2"]);
});

it("waits while D1 does not answer, and skips nothing", async () => {
  const inbox = anInbox();
  const name = aName("outage");
  const { id } = await aSubscription(inbox, { names: [`templates/${name}`] });
  await courierOf(id).wake(id);
  const { position } = await getSubscription(id);
  await env.DB.prepare("UPDATE subscription SET state = 'paused' WHERE id = ?").bind(id).run();
  const { seq } = await publish(aDocument(name));
  await env.DB.prepare("UPDATE subscription SET state = 'active' WHERE id = ?").bind(id).run();
  await runInDurableObject(courierOf(id), async (_, state) => {
    const cutOff = new Courier(state, { ...env, DB: broken(env.DB) });
    await expect(cutOff.wake(id)).rejects.toThrow();
    await cutOff.alarm();
    expect((await cutOff.standing())?.position).toBe(position);
  });
  expect(await gotBy(inbox)).toEqual([]);
  await courierOf(id).wake(id);
  expect(
    (
      await until(
        () => changesOf(inbox),
        (changes) => changes.length > 0,
      )
    )[0]?.seq,
  ).toBe(seq);
});

it("forgets what ended long ago, and nothing that waits", async () => {
  const inbox = anInbox();
  const [done, stuck] = [aName("swept"), aName("swept")];
  await behave(inbox, { by_name: { [`templates/${stuck}`]: { does: "answer", status: 500 } } });
  const { id } = await aSubscription(inbox, { names: [`templates/${done}`, `templates/${stuck}`] });
  await publish(aDocument(stuck));
  await publish(aDocument(done));
  await until(
    () => deliveriesOf(id, "?state=delivered"),
    ({ items }) => items.length === 1,
  );
  await doTo(subscription, id, "pause");
  await pass(id, 8 * 24 * 3600);
  await courierOf(id).wake(id);
  expect((await deliveriesOf(id)).items.map(({ name }) => name)).toEqual([`templates/${stuck}`]);
});

it("leaves nothing on the disk of a subscription that was removed", async () => {
  const { name, id } = await aFailing("traceless");
  await publish(aDocument(name));
  await tried(id, 1);
  await env.DB.prepare("DELETE FROM subscription WHERE id = ?").bind(id).run();
  await pass(id, 60);
  const left = await runInDurableObject(courierOf(id), async (courier, { storage }) => ({
    standing: await courier.standing(),
    alarm: await storage.getAlarm(),
  }));
  expect(left).toEqual({ standing: null, alarm: null });
});

it("is woken by whatever comes by the queue", async () => {
  const inbox = anInbox();
  const name = aName("queued");
  const { id } = await aSubscription(inbox, { names: [`templates/${name}`] });
  const acknowledged: string[] = [];
  const batchOf = (messages: unknown[]) =>
    ({
      queue: "outgoing-events",
      messages: messages.map((body, at) => ({ id: `m${at}`, body, attempts: 1 })),
      ackAll: () => acknowledged.push("all"),
      retryAll: () => acknowledged.push("retry"),
      // The rest of the platform's type is not looked at.
    }) as unknown as MessageBatch<unknown>;
  await consumeOutgoing(env, batchOf([null, "nonsense", { seq: -1 }]), new Date());
  await consumeOutgoing(env, batchOf([]), new Date());
  const outage = { ...env, DB: broken(env.DB) };
  await consumeOutgoing(outage, batchOf([{ seq: 1 }]), new Date());
  expect(acknowledged).toEqual(["all", "all", "retry"]);
  expect((await getSubscription(id)).position).toBe(await loadHeadSeq(env.DB));
});
