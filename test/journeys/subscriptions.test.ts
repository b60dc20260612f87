import { setTimeout as pause } from "node:timers/promises";
import { Webhook } from "standardwebhooks";
import { afterAll, beforeAll, expect, test } from "vitest";
import { deliveredBody } from "../../src/contract/subscription/subscription.ts";
import { type Receiver, startReceiver } from "../receiver/start-receiver.ts";
import { frozenBundle } from "./support/frozen-bundle.ts";
import { publish, versionedSource, write } from "./support/registry-calls.ts";
import { type KillableRegistry, spawnRegistry } from "./support/spawn-registry.ts";
import { subscriptionCalls } from "./support/subscription-calls.ts";

const { scriptPath, stateDir } = frozenBundle();
let registry: KillableRegistry | undefined;
let receiver: Receiver;
const there = () => {
  if (registry === undefined) throw new Error("the registry has not started");
  return registry;
};
const { create, get, ping, rotate, untilDone, deliveries } = subscriptionCalls(there);

async function startRegistry(vars: Record<string, string> = {}): Promise<void> {
  registry = await spawnRegistry(stateDir("state"), scriptPath, { cronMs: 500, vars: { RATE_LIMITS: "off", ...vars } });
}
beforeAll(async () => {
  receiver = await startReceiver();
  await startRegistry();
});
afterAll(async () => {
  await registry?.kill();
  await receiver.stop();
});

/** Publishes until it is acknowledged, whatever happens to the registry meanwhile; answers the seq. */
async function publishSurely(name: string, version: string): Promise<number> {
  for (;;) {
    try {
      return (await publish(there(), versionedSource(name, version))).seq ?? 0;
    } catch {
      // It was killed: the next one has the state of this one.
      await pause(50);
    }
  }
}

/** What an inbox got as changes, in the order in which it did. */
function changesOf(inbox: string) {
  return receiver.inbox(inbox).flatMap(({ body, headers, did }) => {
    const told = deliveredBody.parse(JSON.parse(body));
    return told.type === "ping" ? [] : [{ id: headers["webhook-id"], did, ...told.data }];
  });
}

test("nothing is lost and no name gets out of order, though the registry is killed and the receiver fails", async () => {
  const names = Array.from({ length: 20 }, (_, at) => `storm_${at}`);
  const versions = Array.from({ length: 10 }, (_, at) => `1.0.${at}`);
  const { id } = await create({ url: `${receiver.url}/storm`, names: ["templates/storm_*"] });
  const failing = setInterval(() => {
    const next = [
      { does: "answer", status: 500 },
      { does: "close" },
      { does: "answer", status: 429, headers: { "Retry-After": "1" } },
    ] as const;
    receiver.behave("storm", { next: [...next] });
  }, 500);

  let published = 0;
  let newest = 0;
  const publishing = names.map(async (name) => {
    for (const version of versions) {
      newest = Math.max(newest, await publishSurely(name, version));
      published += 1;
    }
  });
  for (const part of [0.2, 0.5, 0.8]) {
    while (published < names.length * versions.length * part) await pause(5);
    await there().kill();
    await startRegistry();
  }
  await Promise.all(publishing);
  // Once more, with all of it published and much of it still on its way.
  await there().kill();
  await startRegistry();
  clearInterval(failing);
  receiver.behave("storm", {});
  await untilDone(id, newest);

  const taken = changesOf("storm").filter(({ did }) => did === "204");
  for (const name of names) {
    const firsts = [...new Set(taken.filter((change) => change.name === name).map(({ seq }) => seq))];
    expect(firsts, name).toEqual(firsts.toSorted((a, b) => a - b));
    const told = new Set(taken.filter((change) => change.name === name).map(({ version }) => version));
    expect([...told], name).toEqual(versions);
  }
  const all = changesOf("storm");
  expect(new Set(all.map((change) => change.id)).size).toBe(names.length * versions.length);
  expect(all.length).toBeGreaterThan(names.length * versions.length);
  expect(all.every((change) => change.id === `evt_${change.seq}`)).toBe(true);
}, 300_000);

test("a receiver that knows the secrets it was told never meets a delivery that it cannot verify", async () => {
  const { id, secret } = await create({ url: `${receiver.url}/rotated`, names: ["templates/rotated_*"] });
  const known: { secret: string; from: number; until: number }[] = [
    { secret, from: 0, until: Number.POSITIVE_INFINITY },
  ];
  const versions = Array.from({ length: 15 }, (_, at) => `1.0.${at}`);
  let newest = 0;
  let isDone = false;
  const publishing = Promise.all(
    [0, 1, 2, 3].map(async (lane) => {
      for (const version of versions) newest = Math.max(newest, await publishSurely(`rotated_${lane}`, version));
    }),
  ).then(() => {
    isDone = true;
  });
  while (!isDone && known.length < 4) {
    const got = receiver.inbox("rotated").length;
    while (!isDone && receiver.inbox("rotated").length < got + 8) await pause(5);
    const fresh = await rotate(id, { overlap_seconds: 3600 });
    const now = receiver.inbox("rotated").length;
    // Whoever is told of a new secret forgets the oldest of three: the registry signs with two.
    const oldest = known.at(-2);
    if (oldest !== undefined) oldest.until = now + 10;
    known.push({ secret: fresh.secret, from: now, until: Number.POSITIVE_INFINITY });
  }
  await publishing;
  await untilDone(id, newest);
  expect(known.length).toBe(4);
  const got = receiver.inbox("rotated");
  expect(got.length).toBe(4 * versions.length);
  for (const [at, { body, headers }] of got.entries()) {
    const usable = known.filter(({ from, until }) => at >= from && at < until);
    const verified = usable.some((one) => isSigned(one.secret, body, headers));
    expect(verified, `delivery ${at} of ${got.length}`).toBe(true);
  }
  const last = got.at(-1);
  expect(isSigned(known.at(-1)?.secret ?? "", last?.body ?? "", last?.headers ?? {})).toBe(true);
});

function isSigned(secret: string, body: string, headers: Record<string, string>): boolean {
  try {
    new Webhook(secret).verify(body, headers);
    return true;
  } catch {
    return false;
  }
}

test("a registry that others reach sends nothing to machines that only it can see", async () => {
  const { id } = await create({ url: `${receiver.url}/private`, names: ["templates/private_*"] });
  expect((await ping(id)).state).toBe("delivered");
  await there().kill();
  await startRegistry({ ENVIRONMENT: "production", ANONYMOUS_PUSH: "false" });
  for (const host of [
    "localhost",
    "receiver",
    "receiver.internal",
    "127.0.0.1",
    "2130706433",
    "0x7f.1",
    "10.0.0.1",
    "192.168.1.1",
    "169.254.169.254",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "[fd00::1]",
  ]) {
    const url = `https://${host}/hook`;
    const { status, text } = await write(there(), "POST", "/v1/subscriptions", JSON.stringify({ url }));
    expect([status, JSON.parse(text).code], url).toEqual([400, "INVALID_REQUEST"]);
    const changed = await write(there(), "PUT", `/v1/subscriptions/${id}`, JSON.stringify({ url }));
    expect(changed.status, url).toBe(400);
  }
  const plain = await write(there(), "POST", "/v1/subscriptions", JSON.stringify({ url: "http://example.com/hook" }));
  expect(plain.text).toContain("https only");

  // One that was made when it was allowed is looked at before each try.
  const count = receiver.inbox("private").length;
  const { attempts, state } = await ping(id);
  expect(state).toBe("given_up");
  expect(attempts[0]).toMatchObject({ status: null, error: expect.stringContaining("nothing is sent to") });
  await publishSurely("private_one", "1.0.0");
  for (let left = 400; ; left -= 1) {
    const [waiting] = (await deliveries(id, "?state=waiting")).items;
    if ((waiting?.attempt_count ?? 0) > 0) break;
    expect(left, JSON.stringify(await get(id))).toBeGreaterThan(0);
    await pause(25);
  }
  expect(receiver.inbox("private").length).toBe(count);
});
