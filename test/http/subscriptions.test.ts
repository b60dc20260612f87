import { Webhook } from "standardwebhooks";
import { expect, it } from "vitest";
import { createdSubscription, outgoingDelivery, subscription } from "../../src/contract/subscription/subscription.ts";
import { aDocument, aName, ask, askJson, change, publish, refusalOf } from "./a-registry.ts";
import {
  addressOf,
  anInbox,
  aSubscription,
  behave,
  changesOf,
  deliveriesOf,
  doTo,
  getSubscription,
  gotBy,
  ping,
  until,
} from "./a-subscription.ts";

const unknown = "sub_0123456789abcdef";

it("sends each change of a name, signed, to whoever subscribed", async () => {
  const inbox = anInbox();
  const name = aName("told");
  const made = await aSubscription(inbox, { names: [`templates/${name}`], description: "for a test" });
  expect(made).toMatchObject({ state: "active", waiting: 0, events: null, redirects: "refuse", created_by: "admin" });
  const { digest, seq } = await publish(aDocument(name));
  await change("POST", `/v1/templates/${name}/versions/1.0.0:deprecate`, { message: "it is old" });

  const [first, second] = await until(
    () => gotBy(inbox),
    (got) => got.length === 2,
  );
  const verified = new Webhook(made.secret).verify(first?.body ?? "", first?.headers ?? {});
  expect(verified).toMatchObject({
    type: "version.published",
    data: { seq, kind: "template", name, version: "1.0.0", by: "admin", digest },
  });
  expect(first?.headers).toMatchObject({ "webhook-id": `evt_${seq}`, "content-type": "application/json" });
  expect(first?.headers["user-agent"]).toMatch(/^callsheet\//);
  expect(new Webhook(made.secret).verify(second?.body ?? "", second?.headers ?? {})).toMatchObject({
    type: "version.deprecated",
    data: { reason: "it is old" },
  });
  const told = await until(
    () => getSubscription(made.id),
    ({ waiting, position }) => waiting === 0 && position > seq,
  );
  expect(told.failing_since).toBeNull();
  expect(told.last_delivered_at).not.toBeNull();
});

it("sends nothing of before, of other names and of other types", async () => {
  const inbox = anInbox();
  const [name, other] = [aName("filtered"), aName("filtered")];
  await publish(aDocument(name, { version: "0.9.0" }));
  const { id } = await aSubscription(inbox, { names: [`templates/${name}`], events: ["version.yanked", "tag.moved"] });
  await publish(aDocument(other));
  await publish(aDocument(name));
  await change("PUT", `/v1/templates/${name}/tags/stable`, { version: "1.0.0" });
  const { seq } = await change("POST", `/v1/templates/${name}/versions/0.9.0:yank`, { message: "no" });
  await until(
    () => getSubscription(id),
    ({ waiting, position }) => waiting === 0 && position >= seq,
  );
  expect((await changesOf(inbox)).map(({ type, name }) => [type, name])).toEqual([
    ["tag.moved", name],
    ["version.yanked", name],
  ]);
});

it("tells what was sent and what came of it, newest first, in pages", async () => {
  const inbox = anInbox();
  const name = aName("logged");
  const { id } = await aSubscription(inbox, { names: [`templates/${name}`] });
  for (const version of ["1.0.0", "1.0.1", "1.0.2"]) await publish(aDocument(name, { version }));
  await until(
    () => deliveriesOf(id, "?state=delivered"),
    ({ items }) => items.length === 3,
  );
  const first = await deliveriesOf(id, "?limit=2");
  const second = await deliveriesOf(id, `?limit=2&cursor=${first.next_cursor}`);
  expect([first.items.length, second.items.length, second.next_cursor]).toEqual([2, 1, null]);
  const seqs = [...first.items, ...second.items].map(({ seq }) => seq ?? 0);
  expect(seqs).toEqual(seqs.toSorted((a, b) => b - a));
  expect(first.items[0]).toMatchObject({
    name: `templates/${name}`,
    state: "delivered",
    attempt_count: 1,
    next_attempt_at: null,
    attempts: [{ status: 204, error: null, redirects: [], answer: null }],
  });
  expect((await deliveriesOf(id, "?state=waiting")).items).toEqual([]);
  await refusalOf(await ask("GET", `/v1/subscriptions/${id}/deliveries?cursor=bm8`), 400);
});

it("answers a ping with what came of it, and keeps it in the log", async () => {
  const inbox = anInbox();
  const { id, secret } = await aSubscription(inbox, { names: ["templates/none_of_this_name"] });
  expect(await ping(id)).toMatchObject({ type: "ping", seq: null, state: "delivered", attempts: [{ status: 204 }] });
  await behave(inbox, { otherwise: { does: "answer", status: 500, body: "broken" } });
  const failed = await ping(id);
  expect(failed).toMatchObject({ state: "given_up", attempts: [{ status: 500, answer: "broken" }] });
  const [got] = await gotBy(inbox);
  expect(new Webhook(secret).verify(got?.body ?? "", got?.headers ?? {})).toMatchObject({
    type: "ping",
    data: { subscription: id },
  });
  expect((await deliveriesOf(id)).items.map(({ state }) => state)).toEqual(["given_up", "delivered"]);
  expect(await getSubscription(id)).toMatchObject({ state: "active", waiting: 0, failing_since: null });
  const again = await ask("POST", `/v1/subscriptions/${id}/deliveries/${failed.id}:resend`);
  expect((await refusalOf(again, 409)).code).toBe("STATE_CONFLICT");
});

it("goes where redirects lead only as it is told to, and tells where it went", async () => {
  const [from, to] = [anInbox(), anInbox()];
  await behave(from, { otherwise: { does: "answer", status: 308, headers: { Location: `${addressOf(to)}/moved` } } });
  const { id } = await aSubscription(from, { names: ["templates/none_of_this_name"] });
  const refused = await ping(id);
  expect(refused).toMatchObject({ state: "given_up", attempts: [{ status: 308, redirects: [] }] });
  expect(refused.attempts[0]?.error).toContain(`${addressOf(to)}/moved`);
  expect(await gotBy(to)).toEqual([]);

  const follows = { url: addressOf(from), names: ["templates/none_of_this_name"], redirects: "follow" };
  expect((await askJson("PUT", `/v1/subscriptions/${id}`, follows)).status).toBe(200);
  const followed = await ping(id);
  expect(followed).toMatchObject({
    state: "delivered",
    attempts: [{ status: 204, redirects: [`${addressOf(to)}/moved`] }],
  });
  expect((await gotBy(to)).map(({ headers }) => headers["webhook-id"])).toEqual([followed.id]);
});

it("keeps what it cannot send while it is paused, and goes on from there", async () => {
  const inbox = anInbox();
  const name = aName("paused");
  const { id } = await aSubscription(inbox, { names: [`templates/${name}`] });
  expect((await doTo(subscription, id, "pause")).state).toBe("paused");
  expect((await doTo(subscription, id, "pause")).state).toBe("paused");
  await publish(aDocument(name));
  expect((await ping(id)).state).toBe("delivered");
  expect(await changesOf(inbox)).toEqual([]);
  expect((await doTo(subscription, id, "resume")).state).toBe("active");
  expect(
    (
      await until(
        () => changesOf(inbox),
        (got) => got.length > 0,
      )
    )[0]?.name,
  ).toBe(name);
});

it("puts all settings in place of those before, and sends to the new address", async () => {
  const [before, after] = [anInbox(), anInbox()];
  const name = aName("changed");
  const { id } = await aSubscription(before, { names: ["templates/x"], description: "first" });
  const settings = { url: addressOf(after), names: [`templates/${name}`] };
  const response = await askJson("PUT", `/v1/subscriptions/${id}`, settings);
  expect(subscription.parse(await response.json())).toMatchObject({
    ...settings,
    description: "",
    created_by: "admin",
  });
  await publish(aDocument(name));
  await until(
    () => changesOf(after),
    (got) => got.length === 1,
  );
  expect(await gotBy(before)).toEqual([]);
});

it("sends a delivery again under the same id when it is asked to", async () => {
  const inbox = anInbox();
  const name = aName("resent");
  const { id } = await aSubscription(inbox, { names: [`templates/${name}`] });
  const { seq } = await publish(aDocument(name));
  await until(
    () => deliveriesOf(id, "?state=delivered"),
    ({ items }) => items.length === 1,
  );
  const response = await ask("POST", `/v1/subscriptions/${id}/deliveries/evt_${seq}:resend`);
  expect(response.status).toBe(202);
  expect(outgoingDelivery.parse(await response.json()).state).toBe("waiting");
  const got = await until(
    () => gotBy(inbox),
    (all) => all.length === 2,
  );
  expect(got.map(({ headers }) => headers["webhook-id"])).toEqual([`evt_${seq}`, `evt_${seq}`]);
  expect(got[0]?.body).toBe(got[1]?.body);
  const [told] = (
    await until(
      () => deliveriesOf(id, "?state=delivered"),
      ({ items }) => items.length === 1,
    )
  ).items;
  expect(told?.attempt_count).toBe(2);
});

it("signs with the secret before too, for as long as it was told", async () => {
  const inbox = anInbox();
  const made = await aSubscription(inbox, { names: ["templates/none_of_this_name"] });
  const second = await doTo(createdSubscription, made.id, "rotate", { overlap_seconds: 3600 });
  expect(second.secret).not.toBe(made.secret);
  expect(second.secrets.map(({ expires_at }) => expires_at !== null)).toEqual([false, true]);
  await ping(made.id);
  const third = await doTo(createdSubscription, made.id, "rotate", { overlap_seconds: 0 });
  expect(third.secrets).toHaveLength(1);
  await ping(made.id);

  const [overlapping, alone] = await gotBy(inbox);
  const passes = (secret: string, got: typeof alone) => {
    try {
      return new Webhook(secret).verify(got?.body ?? "", got?.headers ?? {}) !== undefined;
    } catch {
      return false;
    }
  };
  const secrets = [made.secret, second.secret, third.secret];
  expect(secrets.map((secret) => passes(secret, overlapping))).toEqual([true, true, false]);
  expect(secrets.map((secret) => passes(secret, alone))).toEqual([false, false, true]);
  const newestFirst = overlapping?.headers["webhook-signature"]?.split(" ")[0] ?? "";
  expect(
    passes(
      second.secret,
      overlapping && { ...overlapping, headers: { ...overlapping.headers, "webhook-signature": newestFirst } },
    ),
  ).toBe(true);
});

it("never shows a secret again, and keeps none that can be read", async () => {
  const { id, secret } = await aSubscription(anInbox(), { secret: `whsec_${btoa("x".repeat(32))}` });
  expect(secret).toBe(`whsec_${btoa("x".repeat(32))}`);
  const shown = await (await ask("GET", `/v1/subscriptions/${id}`)).text();
  const listed = await (await ask("GET", "/v1/subscriptions")).text();
  expect(shown).not.toContain(secret.slice(6));
  expect(listed).not.toContain(secret.slice(6));
  expect(listed).toContain(id);
});

it("forgets a subscription that is removed, with all that waits", async () => {
  const inbox = anInbox();
  const name = aName("removed");
  await behave(inbox, { otherwise: { does: "answer", status: 503 } });
  const { id } = await aSubscription(inbox, { names: [`templates/${name}`] });
  await publish(aDocument(name));
  await until(
    () => deliveriesOf(id),
    ({ items }) => (items[0]?.attempt_count ?? 0) > 0,
  );
  const removed = await ask("DELETE", `/v1/subscriptions/${id}`);
  expect(subscription.parse(await removed.json())).toMatchObject({ id, waiting: 1 });
  for (const [method, path] of [
    ["GET", ""],
    ["DELETE", ""],
    ["POST", ":ping"],
    ["POST", ":resume"],
    ["GET", "/deliveries"],
    ["POST", "/deliveries/evt_1:resend"],
  ] as const) {
    const response = await ask(method, `/v1/subscriptions/${id}${path}`);
    expect((await refusalOf(response, 404)).code).toBe("SUBSCRIPTION_NOT_FOUND");
  }
});

it.each([
  ["no address", { url: "nowhere" }],
  ["another protocol", { url: "ftp://example.com/" }],
  ["a password in it", { url: "https://somebody:secret@example.com/" }],
  ["no types", { events: [] }],
  ["an unknown type", { events: ["version.eaten"] }],
  ["a pattern that is none", { names: ["Templates/*"] }],
  ["a secret that is too short", { secret: "whsec_c2hvcnQ=" }],
  ["a secret that is no base64", { secret: `whsec_${"A".repeat(33)}` }],
  ["an unknown setting", { retries: 3 }],
])("refuses a subscription with %s", async (_, parts) => {
  const response = await askJson("POST", "/v1/subscriptions", { url: "https://example.com/hook", ...parts });
  expect((await refusalOf(response, 400)).code).toBe("INVALID_REQUEST");
});

it("refuses what is not there", async () => {
  expect((await refusalOf(await ask("GET", `/v1/subscriptions/${unknown}`), 404)).code).toBe("SUBSCRIPTION_NOT_FOUND");
  const { id } = await aSubscription(anInbox());
  const response = await ask("POST", `/v1/subscriptions/${id}/deliveries/evt_999999999:resend`);
  expect((await refusalOf(response, 404)).code).toBe("DELIVERY_NOT_FOUND");
});
