import { env, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, it, vi } from "vitest";
import { nameIndex } from "../../src/contract/artifact/name-index.ts";
import { sweepEffects } from "../../src/operations/maintenance/sweep-effects.ts";
import { repeatEffects } from "../../src/operations/registration/repeat-effects.ts";
import { aDocument, aName, change, publish, read } from "../http/a-registry.ts";
import { broken } from "./a-broken-env.ts";
import { aWriter, registerBy } from "./a-writer.ts";

const later = () => new Date(Date.now() + 3600_000);

it("leaves nothing pending, and no alarm, after a publish whose effects worked", async () => {
  const name = aName();
  await publish(aDocument(name));
  await vi.waitFor(async () => expect(await pendingOf(name)).toBeNull());
  const stub = env.REGISTRAR.get(env.REGISTRAR.idFromName(`template/${name}`));
  expect(await runInDurableObject(stub, (_, { storage }) => storage.getAlarm())).toBeNull();
});

it("acknowledges a publish though KV cannot be written, and keeps its alarm for another try", async () => {
  const name = aName();
  const disarmRetry = vi.fn(async () => undefined);
  const armRetry = vi.fn(async () => false);
  const writer = aWriter(name, { lookups: broken(env.LOOKUPS, ["put"]), armRetry, disarmRetry });
  const { seq } = await registerBy(writer, aDocument(name));
  expect(armRetry).toHaveBeenCalledOnce();
  expect(disarmRetry).not.toHaveBeenCalled();
  expect(await pendingOf(name)).toBe(seq);
  expect(await env.LOOKUPS.get(`index/template/${name}`)).toBeNull();
  expect(await (await read(`/v1/templates/${name}`)).json()).toMatchObject({ version: "1.0.0" });
});

it("acknowledges a publish though no hub can be told", async () => {
  const name = aName();
  const announce = async () => {
    throw new Error("no hub answers");
  };
  const { seq } = await registerBy(aWriter(name, { announce }), aDocument(name));
  expect(await pendingOf(name)).toBe(seq);
  expect(await (await read(`/v1/templates/${name}`)).json()).toMatchObject({ version: "1.0.0" });
});

it("makes no alarm and commits nothing when the alarm cannot be set", async () => {
  const name = aName();
  const armRetry = async () => {
    throw new Error("the disk is full");
  };
  await expect(registerBy(aWriter(name, { armRetry }), aDocument(name))).rejects.toThrow("disk");
  expect(await pendingOf(name)).toBeNull();
  expect((await read(`/v1/templates/${name}`)).status).toBe(404);
});

it("repeats by the Registrar's alarm what a crash left undone", async () => {
  const name = aName();
  await publish(aDocument(name));
  await vi.waitFor(async () => expect(await pendingOf(name)).toBeNull());
  await registerBy(aWriter(name, { lookups: broken(env.LOOKUPS, ["put"]) }), aDocument(name, { version: "1.1.0" }));
  const stub = env.REGISTRAR.get(env.REGISTRAR.idFromName(`template/${name}`));
  await runInDurableObject(stub, (_, { storage }) => storage.setAlarm(Date.now() + 60_000));
  expect(await runDurableObjectAlarm(stub)).toBe(true);

  expect(await pendingOf(name)).toBeNull();
  expect(await versionsInKv(name)).toEqual(["1.1.0", "1.0.0"]);
  expect(await env.LOOKUPS.get(`doc/template/${name}/1.1.0`)).not.toBeNull();
  expect(await runDurableObjectAlarm(stub)).toBe(false);
});

it("takes a deleted document out of KV when the first try could not", async () => {
  const name = aName();
  await publish(aDocument(name));
  const document = (await env.LOOKUPS.get(`doc/template/${name}/1.0.0`)) ?? "";
  await change("DELETE", `/v1/templates/${name}/versions/1.0.0`);
  await env.LOOKUPS.put(`doc/template/${name}/1.0.0`, document);
  const announce = async () => undefined;
  await repeatEffects(
    { db: env.DB, lookups: env.LOOKUPS, blobs: env.BLOBS, announce, now: () => new Date() },
    "template",
    name,
  );
  expect(await env.LOOKUPS.get(`doc/template/${name}/1.0.0`)).toBeNull();
});

it("repeats by cron what even no alarm repeated, and leaves young commits to their own tries", async () => {
  const names = [aName(), aName()];
  for (const name of names) await registerBy(aWriter(name, { lookups: broken(env.LOOKUPS, ["put"]) }), aDocument(name));
  const repeat = (kind: string, name: string) =>
    env.REGISTRAR.get(env.REGISTRAR.idFromName(`${kind}/${name}`)).repeat("template", name);
  await sweepEffects(env.DB, repeat, new Date());
  for (const name of names) expect(await pendingOf(name)).not.toBeNull();

  await sweepEffects(env.DB, repeat, later());
  for (const name of names) {
    expect(await pendingOf(name)).toBeNull();
    expect(await versionsInKv(name)).toEqual(["1.0.0"]);
  }
  expect(await sweepEffects(env.DB, repeat, later())).toBe(0);
});

it("repeats the others' effects though those of one name fail again", async () => {
  const [bad, good] = [aName("bad"), aName("good")];
  for (const name of [bad, good]) {
    await registerBy(aWriter(name, { lookups: broken(env.LOOKUPS, ["put"]) }), aDocument(name));
  }
  vi.spyOn(console, "error").mockImplementation(() => undefined);
  const repeated: string[] = [];
  const repeat = async (_kind: string, name: string) => {
    if (name === bad) throw new Error("it fails again");
    repeated.push(name);
  };
  await sweepEffects(env.DB, repeat, later());
  expect(repeated).toContain(good);
  vi.restoreAllMocks();
});

it("is safe to repeat at any time, in any order, as often as one likes", async () => {
  const name = aName();
  const { seq } = await publish(aDocument(name));
  const before = nameIndex.parse(await env.LOOKUPS.get(`index/template/${name}`, "json"));
  const stub = env.REGISTRAR.get(env.REGISTRAR.idFromName(`template/${name}`));
  await Promise.all([
    stub.repeat("template", name),
    publish(aDocument(name, { version: "1.1.0" })),
    stub.repeat("template", name),
  ]);
  await stub.repeat("template", name);
  expect(before.seq).toBe(seq);
  expect(await versionsInKv(name)).toEqual(["1.1.0", "1.0.0"]);
  expect(await (await read(`/v1/templates/${name}`)).json()).toMatchObject({ version: "1.1.0" });
});

it("does nothing for a name that was never published", async () => {
  await env.REGISTRAR.get(env.REGISTRAR.idFromName("template/nobody")).repeat("template", "nobody");
  expect(await env.LOOKUPS.get("index/template/nobody")).toBeNull();
});

function pendingOf(name: string): Promise<number | null> {
  return env.DB.prepare("SELECT seq FROM pending_effect WHERE name = ?").bind(name).first<number>("seq");
}

async function versionsInKv(name: string): Promise<string[]> {
  const index = nameIndex.parse(await env.LOOKUPS.get(`index/template/${name}`, "json"));
  return index.versions.map(({ version }) => version);
}
