import { env, runDurableObjectAlarm, runInDurableObject } from "cloudflare:test";
import { expect, it, vi } from "vitest";
import type { SourceDraft } from "../../src/domain/function/source-draft.ts";
import { aDraft, aFunction } from "../domain/function/a-source-draft.ts";
import { aName, change, read } from "../http/a-registry.ts";
import { broken } from "./a-broken-env.ts";
import { aSourceWriter, publishBy, publishDraft } from "./a-source-writer.ts";

const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

/** A source that publishes so many functions, and their names. */
function aFile(count: number, text = ""): { names: string[]; draft: SourceDraft } {
  const word = aName("file").replaceAll("_", "");
  const names = numbers(count).map((at) => `numpy.${word}_${at}`);
  return {
    names,
    draft: aDraft(
      names.map((name) => aFunction(name)),
      text,
    ),
  };
}

it("publishes all functions of a source with one commit, numbered without a gap", async () => {
  const { names, draft } = aFile(6);
  const registrations = await publishDraft(draft);
  expect(registrations.map(({ name, version, status }) => [name, version, status])).toEqual(
    names.map((name) => [name, "1.0.0", "created"]),
  );
  const seqs = registrations.map(({ seq }) => seq ?? 0);
  expect(seqs).toEqual(numbers(6).map((at) => (seqs[0] ?? 0) + at));
  for (const name of names) expect((await read(`/v1/functions/${name}`)).status).toBe(200);
});

it("leaves nothing pending, and no alarm on any of the names, after a publish whose effects worked", async () => {
  const { names, draft } = aFile(3);
  await publishDraft(draft);
  await vi.waitFor(async () => expect(await pendingOf(names)).toEqual([]));
  for (const name of names) expect(await alarmOf(name)).toBeNull();
});

it("lets no name through when one of them was changed by another writer, and then judges all again", async () => {
  const { names, draft } = aFile(3);
  const [first = "", , last = ""] = names;
  let races = 0;
  const lookAtD1 = env.DB.withSession.bind(env.DB);
  const db = new Proxy(env.DB, {
    get(target, key) {
      if (key !== "withSession") return Reflect.get(target, key, target);
      return (constraint: D1SessionConstraint) => raced(lookAtD1(constraint));
    },
  });
  const other = aDraft([aFunction(last)], "another's body");
  // Between the judging and the commit of the first try, someone else publishes the last name.
  function raced(session: D1DatabaseSession): D1DatabaseSession {
    return new Proxy(session, {
      get(target, key) {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value !== "function") return value;
        if (key !== "batch") return value.bind(target);
        return async (statements: D1PreparedStatement[]) => {
          // A commit has far more statements than the reading of one name.
          if (statements.length > 10 && races === 0) {
            races += 1;
            await publishBy(aSourceWriter(), other);
          }
          return target.batch(statements);
        };
      },
    });
  }
  const registrations = await publishBy(aSourceWriter({ db }), draft);
  expect(races).toBe(1);
  expect(registrations.map(({ name, version }) => [name, version])).toEqual([
    [first, "1.0.0"],
    [names[1], "1.0.0"],
    [last, "1.0.1"],
  ]);
  expect(await revisionsOf(first)).toEqual([1]);
  expect(await revisionsOf(last)).toEqual([1, 2]);
});

it("ends right when 24 sources that share names are published at once", async () => {
  const word = aName("shared").replaceAll("_", "");
  const name = (at: number) => `numpy.${word}_${at % 8}`;
  // Each has four of eight names, and a body of its own; first names differ, so that several Registrars commit.
  const drafts = numbers(24).map((at) =>
    aDraft(
      [0, 1, 3, 4].map((step) => aFunction(name(at + step))),
      `body ${at}`,
    ),
  );
  const published = await Promise.all(drafts.map((draft) => publishDraft(draft)));
  const versions = new Map<string, string[]>();
  for (const one of published.flat()) versions.set(one.name, [...(versions.get(one.name) ?? []), one.version]);
  expect(versions.size).toBe(8);
  for (const [published, given] of versions) {
    // Each was given a number of its own, none was left out.
    expect(given.sort(byPatch)).toEqual(numbers(12).map((patch) => `1.0.${patch}`));
    expect(await revisionsOf(published)).toEqual(numbers(12).map((revision) => revision + 1));
    const found = await (await read(`/v1/functions/${published}`)).json();
    expect(found).toMatchObject({ version: "1.0.11" });
  }
  // Of each source, the functions went in one commit: their announcements are in a row.
  for (const registrations of published) {
    const seqs = registrations.map(({ seq }) => seq ?? 0);
    expect(Math.max(...seqs) - Math.min(...seqs)).toBe(3);
    expect(new Set(await codesOf(registrations))).toHaveProperty("size", 1);
  }
});

it("keeps the alarm of each name whose effects failed, and does them when it rings", async () => {
  const { names, draft } = aFile(2);
  const disarmed: string[] = [];
  const retryOf = (_: string, name: string) => ({
    arm: () => stubOf(name).arm("function", name),
    disarm: async (ticket: string) => {
      disarmed.push(name);
      return stubOf(name).disarm(ticket);
    },
  });
  await publishBy(aSourceWriter({ retryOf, lookups: broken(env.LOOKUPS, ["put"]) }), draft);
  expect(disarmed).toEqual([]);
  for (const name of names) {
    expect(await env.LOOKUPS.get(`index/function/${name}`)).toBeNull();
    expect(await alarmOf(name)).not.toBeNull();
    expect(await runDurableObjectAlarm(stubOf(name))).toBe(true);
    expect(await env.LOOKUPS.get(`index/function/${name}`)).not.toBeNull();
    expect(await env.LOOKUPS.get(`doc/function/${name}/1.0.0`)).not.toBeNull();
  }
  expect(await pendingOf(names)).toEqual([]);
});

it("commits nothing when one name's alarm cannot be set", async () => {
  const { names, draft } = aFile(3);
  const retryOf = (_: string, name: string) => ({
    arm: async () => {
      if (name === names[2]) throw new Error("the disk is full");
      return "ticket";
    },
    disarm: async () => true,
  });
  await expect(publishBy(aSourceWriter({ retryOf }), draft)).rejects.toThrow("disk");
  for (const name of names) expect((await read(`/v1/functions/${name}`)).status).toBe(404);
});

it("leaves the alarm to others that rely on it", async () => {
  const [name] = aFile(1).names;
  if (name === undefined) throw new Error("there is one");
  const stub = stubOf(name);
  const first = await stub.arm("function", name);
  const second = await stub.arm("function", name);
  expect(await stub.disarm(first)).toBe(false);
  expect(await alarmOf(name)).not.toBeNull();
  expect(await stub.disarm(second)).toBe(false);
  expect(await alarmOf(name)).not.toBeNull();
  expect(await runDurableObjectAlarm(stub)).toBe(true);
  expect(await alarmOf(name)).toBeNull();
});

it("rings again while a commit that relies on it is not done, and not after", async () => {
  const [name] = aFile(1).names;
  if (name === undefined) throw new Error("there is one");
  const stub = stubOf(name);
  const ticket = await stub.arm("function", name);
  await runDurableObjectAlarm(stub);
  expect(await alarmOf(name)).not.toBeNull();
  expect(await stub.disarm(ticket)).toBe(true);
  expect(await alarmOf(name)).toBeNull();
});

it("keeps tags and states right when they change while sources are published", async () => {
  const { names, draft } = aFile(2);
  await publishDraft(draft);
  const [name = ""] = names;
  await Promise.all([
    ...numbers(6).map((at) => publishDraft({ ...aDraft(draft.functions, `body ${at}`) })),
    ...numbers(6).map((at) => change("PUT", `/v1/functions/${name}/tags/t${at}`, { version: "1.0.0" })),
    change("POST", `/v1/functions/${name}/versions/1.0.0:deprecate`),
  ]);
  const found = await (await read(`/v1/functions/${name}/versions`)).json<{ tags: object; versions: object[] }>();
  expect(found.versions).toHaveLength(7);
  expect(found.tags).toMatchObject({ latest: "1.0.6", t0: "1.0.0", t5: "1.0.0" });
  expect(await revisionsOf(name)).toEqual(numbers(14).map((at) => at + 1));
});

function stubOf(name: string) {
  return env.REGISTRAR.get(env.REGISTRAR.idFromName(`function/${name}`));
}

function alarmOf(name: string): Promise<number | null> {
  return runInDurableObject(stubOf(name), (_, { storage }) => storage.getAlarm());
}

async function pendingOf(names: readonly string[]): Promise<unknown[]> {
  const { results } = await env.DB.prepare(
    "SELECT name FROM pending_effect WHERE name IN (SELECT value FROM json_each(?))",
  )
    .bind(JSON.stringify(names))
    .all();
  return results;
}

async function revisionsOf(name: string): Promise<unknown[]> {
  const { results } = await env.DB.prepare("SELECT revision FROM announcement WHERE name = ? ORDER BY seq")
    .bind(name)
    .all();
  return results.map(({ revision }) => revision);
}

async function codesOf(registrations: readonly { name: string; version: string }[]): Promise<unknown[]> {
  return Promise.all(
    registrations.map(({ name, version }) =>
      env.DB.prepare("SELECT code_digest FROM artifact_version WHERE name = ? AND version = ?")
        .bind(name, version)
        .first("code_digest"),
    ),
  );
}

function byPatch(a: string, b: string): number {
  return Number(a.split(".")[2]) - Number(b.split(".")[2]);
}
