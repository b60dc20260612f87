import { createExecutionContext, createMessageBatch, env, getQueueResult } from "cloudflare:test";
import { expect, it } from "vitest";
import { beginDelivery, endDelivery } from "../../src/bindings/d1/webhook/delivery-transitions.ts";
import { giveLease, takeLease } from "../../src/bindings/d1/webhook/source-lease.ts";
import { sweepHooks } from "../../src/operations/webhook/sweep-hooks.ts";
import { consumeHooks } from "../../src/worker/consume-hooks.ts";
import type { MadeSource } from "./a-hook.ts";
import { aSource, getDelivery, hookAnswerOf, pushBody, sendSigned, whenDone } from "./a-hook.ts";
import { aDocument, aName, ask } from "./a-registry.ts";

const inAnHour = () => new Date(Date.now() + 3600_000).toISOString();
const now = () => new Date().toISOString();

/** A delivery of a source that somebody else is at, so that nobody does it. */
async function aHeldDelivery(): Promise<{ source: MadeSource; lease: { source: string; holder: string }; id: string }> {
  const source = await aSource();
  const lease = { source: source.name, holder: "somebody else" };
  expect(await takeLease(env.DB, lease, now(), inAnHour())).toBe(true);
  const body = pushBody({ files: { "a.json": aDocument(aName()) } });
  const answer = await hookAnswerOf(await sendSigned(source, body), 202);
  return { source, lease, id: answer.delivery_id ?? "" };
}

/** What the consumer does with a message. */
async function consume(body: unknown): Promise<{ acked: boolean; retried: boolean }> {
  const batch = createMessageBatch("webhook-events", [{ id: "one", timestamp: new Date(), attempts: 1, body }]);
  await consumeHooks(env, batch, new Date());
  const { explicitAcks, retryMessages } = await getQueueResult(batch, createExecutionContext());
  return { acked: explicitAcks.includes("one"), retried: retryMessages.length === 1 };
}

it("a source does one delivery at a time: the next waits until the one before is done", async () => {
  const { source, lease, id } = await aHeldDelivery();
  expect(await takeLease(env.DB, { ...lease, holder: "a third" }, now(), inAnHour())).toBe(false);
  expect(await consume({ delivery_id: id })).toEqual({ acked: false, retried: true });
  expect((await getDelivery(source, id)).state).toBe("queued");
  await giveLease(env.DB, lease);
  await consume({ delivery_id: id });
  expect((await whenDone(source, id)).state).toBe("succeeded");
  expect(await consume({ delivery_id: id })).toEqual({ acked: true, retried: false });
});

it("who died in the middle of a delivery is waited for no longer than its lease, and cron sends it again", async () => {
  const { source, lease, id } = await aHeldDelivery();
  await beginDelivery(env.DB, id);
  await env.DB.prepare("UPDATE webhook_source SET busy_until = ? WHERE name = ?").bind(now(), source.name).run();
  const stores = { db: env.DB, blobs: env.BLOBS, webhookEvents: env.WEBHOOK_EVENTS };
  const { sent } = await sweepHooks(stores, new Date(Date.now() + 120_000));
  expect(sent).toBeGreaterThan(0);
  expect(await whenDone(source, id)).toMatchObject({ state: "succeeded", attempts: 2 });
  expect(await takeLease(env.DB, lease, now(), now())).toBe(true);
});

it("who lost a source writes nothing of it, however late", async () => {
  const { source, lease, id } = await aHeldDelivery();
  await beginDelivery(env.DB, id);
  const end = {
    ...{
      state: "succeeded" as const,
      reason: null,
      commit: "late",
      outcome: null,
      outcomeDigest: null,
      owesStatus: false,
    },
    synced: { commit: "late", files: { set: [{ path: "late.yaml", blob: "b", artifacts: [] }], gone: [] } },
  };
  expect(await endDelivery(env.DB, { ...lease, holder: "late" }, id, end, now())).toBe(false);
  expect(await getDelivery(source, id)).toMatchObject({ state: "working", commit: null });
  const told = await ask("GET", `/v1/webhook-sources/${source.name}`);
  expect(await told.json()).toMatchObject({ synced_commit: null, files: 0 });
  await giveLease(env.DB, lease);
  await consume({ delivery_id: id });
  expect((await whenDone(source, id)).state).toBe("succeeded");
});

it("a message that is none, or whose delivery is gone, holds up nobody", async () => {
  expect(await consume("nonsense")).toEqual({ acked: true, retried: false });
  expect(await consume({ delivery_id: `whd_${"0".repeat(24)}` })).toEqual({ acked: true, retried: false });
});

it("deliveries that ended long ago are forgotten, and what they brought along with them", async () => {
  const { source, lease, id } = await aHeldDelivery();
  await giveLease(env.DB, lease);
  await consume({ delivery_id: id });
  await whenDone(source, id);
  const old = "2020-01-01T00:00:00.000Z";
  await env.DB.prepare("UPDATE webhook_delivery SET received_at = ? WHERE id = ?").bind(old, id).run();
  await env.BLOBS.put(`webhooks/2020-01-01/${id}/body`, "{}");
  const stores = { db: env.DB, blobs: env.BLOBS, webhookEvents: env.WEBHOOK_EVENTS };
  expect((await sweepHooks(stores, new Date())).forgotten).toBeGreaterThan(0);
  expect((await ask("GET", `/v1/webhook-sources/${source.name}/deliveries/${id}`)).status).toBe(404);
  expect(await env.BLOBS.head(`webhooks/2020-01-01/${id}/body`)).toBeNull();
});
