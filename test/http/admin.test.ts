import { env } from "cloudflare:test";
import { beforeEach, expect, it } from "vitest";
import { blobKey } from "../../src/bindings/r2/blob-store.ts";
import { type MaintenanceAnswer, maintenanceAnswer } from "../../src/contract/http/registry.ts";
import { aDocument, aName, ask, askJson, change, postBatch, publish, read, refusalOf } from "./a-registry.ts";

beforeEach(async () => {
  await walk("POST", "/v1/admin/rebuild");
});

it("finds nothing to say of a registry that was only used as it should be", async () => {
  const [parent, child] = [aName("parent"), aName("child")];
  await publish(aDocument(parent));
  await publish(aDocument(parent, { version: "1.1.0" }));
  await publish(aDocument(child, { extends: parent }));
  await change("PUT", `/v1/templates/${parent}/tags/stable`, { version: "1.0.0" });
  await change("POST", `/v1/templates/${parent}/versions/1.1.0:deprecate`, { message: "old" });
  await change("DELETE", `/v1/templates/${child}/versions/1.0.0`);
  expect((await verify()).disagreements).toEqual([]);
});

it.each(["plain", "ünïcödé 👩‍🚀 \u202E", '"quoted" \\ \u2028', "null \u0000 inside", "half a pair \uD800"])(
  "finds nothing to say after a message of %j, whatever its characters",
  async (message) => {
    const name = aName();
    await publish(aDocument(name));
    const response = await askJson("POST", `/v1/templates/${name}/versions/1.0.0:deprecate`, { message });
    expect([200, 400]).toContain(response.status);
    await response.body?.cancel();
    expect(disagreementsOf(await verify(), name)).toEqual([]);
    expect((await read(`/v1/templates/${name}`)).status).toBe(200);
  },
);

it("names what KV lacks or has wrong, and mends it by a rebuild", async () => {
  const [missing, wrong, other] = [aName(), aName(), aName()];
  for (const name of [missing, wrong, other]) await publish(aDocument(name));
  await env.LOOKUPS.delete(`index/template/${missing}`);
  await env.LOOKUPS.delete(`doc/template/${missing}/1.0.0`);
  await env.LOOKUPS.put(`doc/template/${wrong}/1.0.0`, (await env.LOOKUPS.get(`doc/template/${other}/1.0.0`)) ?? "");
  const index = (await env.LOOKUPS.get(`index/template/${wrong}`)) ?? "";
  await env.LOOKUPS.put(`index/template/${wrong}`, index.replace('"live"', '"yanked"'));

  const found = await verify();
  expect(disagreementsOf(found, missing)).toEqual(["kv_document", "kv_index"]);
  expect(disagreementsOf(found, wrong)).toEqual(["kv_document", "kv_index"]);
  expect(disagreementsOf(found, other)).toEqual([]);
  expect((await walk("POST", "/v1/admin/rebuild")).disagreements).toEqual([]);
  expect((await verify()).disagreements).toEqual([]);
});

it("names a KV index that is older than the name, and a document of a deleted version", async () => {
  const name = aName();
  await publish(aDocument(name));
  const [index, document] = [
    (await env.LOOKUPS.get(`index/template/${name}`)) ?? "",
    (await env.LOOKUPS.get(`doc/template/${name}/1.0.0`)) ?? "",
  ];
  await change("DELETE", `/v1/templates/${name}/versions/1.0.0`);
  await env.LOOKUPS.put(`index/template/${name}`, index);
  await env.LOOKUPS.put(`doc/template/${name}/1.0.0`, document);
  expect(disagreementsOf(await verify(), name)).toEqual(["kv_document", "kv_index"]);
  await walk("POST", "/v1/admin/rebuild");
  expect((await verify()).disagreements).toEqual([]);
});

it("names the blobs that R2 has lost, which no rebuild can mend", async () => {
  const name = aName();
  const { digest } = await publish(aDocument(name));
  await env.BLOBS.delete(blobKey(digest));
  expect(disagreementsOf(await verify(), name)).toEqual(["r2_document"]);
  const row = await env.DB.prepare("SELECT source_digest, flattened_digest FROM artifact_version WHERE name = ?")
    .bind(name)
    .first<{ source_digest: string; flattened_digest: string }>();
  for (const lost of Object.values(row ?? {})) await env.BLOBS.delete(blobKey(lost));
  expect(disagreementsOf(await verify(), name)).toEqual(["r2_document", "r2_flattened", "r2_source"]);
  expect(disagreementsOf(await walk("POST", "/v1/admin/rebuild"), name)).toEqual(["r2_flattened"]);
  await env.DB.batch(
    ["artifact_version", "catalogue"].map((table) => env.DB.prepare(`DELETE FROM ${table} WHERE name = ?`).bind(name)),
  );
});

it("names a tag of D1 that points at nothing, and a latest that is not the highest", async () => {
  const name = aName();
  await publish(aDocument(name));
  await publish(aDocument(name, { version: "1.1.0" }));
  await env.DB.batch([
    env.DB.prepare("UPDATE tag SET version = '1.0.0' WHERE name = ?").bind(name),
    env.DB.prepare("INSERT INTO tag VALUES ('template', ?, 'lost', '7.0.0')").bind(name),
  ]);
  expect(disagreementsOf(await verify(), name).filter((where) => where === "d1_tag")).toHaveLength(2);
  await env.DB.batch([
    env.DB.prepare("UPDATE tag SET version = '1.1.0' WHERE name = ? AND tag = 'latest'").bind(name),
    env.DB.prepare("DELETE FROM tag WHERE name = ? AND tag = 'lost'").bind(name),
  ]);
});

it("walks all versions in slices, and each name once", async () => {
  await postBatch(Array.from({ length: 130 }, () => aDocument(aName("many"))));
  const first = maintenanceAnswer.parse(await (await ask("GET", "/v1/admin/verify")).json());
  expect(first.versions).toBe(100);
  expect(first.next_cursor).not.toBeNull();
  const all = await verify();
  expect(all.versions).toBeGreaterThanOrEqual(130);
  const names = await env.DB.prepare("SELECT count(*) AS n FROM catalogue").first<number>("n");
  expect(all.names).toBe(names);
});

it("refuses a cursor that it did not give", async () => {
  for (const cursor of ["nonsense", btoa("[]")])
    await refusalOf(await ask("GET", `/v1/admin/verify?cursor=${cursor}`), 400);
});

function verify(): Promise<MaintenanceAnswer> {
  return walk("GET", "/v1/admin/verify");
}

/** All slices together. */
async function walk(method: string, path: string): Promise<MaintenanceAnswer> {
  const whole: MaintenanceAnswer = { names: 0, versions: 0, disagreements: [], next_cursor: null };
  let cursor: string | null = null;
  do {
    const response = await ask(method, cursor === null ? path : `${path}?cursor=${cursor}`);
    const slice = maintenanceAnswer.parse(await response.json());
    whole.names += slice.names;
    whole.versions += slice.versions;
    whole.disagreements.push(...slice.disagreements);
    cursor = slice.next_cursor;
  } while (cursor !== null);
  return whole;
}

function disagreementsOf({ disagreements }: MaintenanceAnswer, name: string): string[] {
  return disagreements
    .filter((found) => found.name === name)
    .map(({ where }) => where)
    .sort();
}
