import { env } from "cloudflare:test";
import { expect, it, vi } from "vitest";
import { nameIndex } from "../../src/contract/artifact/name-index.ts";
import { aDocument, aName, change, publish, read, refusalOf } from "./a-registry.ts";

it("tells at which seq an answer is true, at least the caller's own publish", async () => {
  const name = aName();
  const { seq } = await publish(aDocument(name));
  const response = await read(`/v1/templates/${name}`);
  expect(Number(response.headers.get("callsheet-seq"))).toBeGreaterThanOrEqual(seq);
  await response.body?.cancel();
});

it("answers from a state at least as new as was asked for", async () => {
  const name = aName();
  const { seq } = await publish(aDocument(name));
  for (const path of [name, `${name}/versions`, `${name}/tags`, `${name}/schema`]) {
    const response = await read(`/v1/templates/${path}`, { "Callsheet-Min-Seq": String(seq) });
    expect(response.status).toBe(200);
    expect(Number(response.headers.get("callsheet-seq"))).toBeGreaterThanOrEqual(seq);
    await response.body?.cancel();
  }
});

it("sees a commit that no broadcast told, as soon as a caller asks for its seq", async () => {
  const name = aName();
  await publish(aDocument(name));
  await (await read(`/v1/templates/${name}@stable`)).body?.cancel();
  // What another colo's Registrar did, its broadcast lost: only D1 knows.
  const seq = await commitTagBehindTheBack(name);
  const response = await read(`/v1/templates/${name}@stable`, { "Callsheet-Min-Seq": String(seq) });
  expect(response.status).toBe(200);
  expect(Number(response.headers.get("callsheet-seq"))).toBeGreaterThanOrEqual(seq);
  await response.body?.cancel();
});

it("sees a commit that no broadcast told within 5 s, when nobody asks for its seq", async () => {
  const name = aName();
  await publish(aDocument(name));
  await refusalOf(await read(`/v1/templates/${name}@stable`), 404);
  await commitTagBehindTheBack(name);
  const committedAt = Date.now();
  await vi.waitFor(
    async () => {
      const response = await read(`/v1/templates/${name}@stable`);
      await response.body?.cancel();
      expect(response.status).toBe(200);
    },
    { timeout: 6000, interval: 50 },
  );
  expect(Date.now() - committedAt).toBeLessThan(5200);
});

it("refuses with 412 a state that the registry has not reached", async () => {
  const name = aName();
  const { seq } = await publish(aDocument(name));
  for (const minSeq of [String(seq + 1000), "999999999999999"]) {
    const refused = await refusalOf(await read(`/v1/templates/${name}`, { "Callsheet-Min-Seq": minSeq }), 412);
    expect(refused.code).toBe("SEQ_NOT_REACHED");
    expect(refused.detail).toContain(minSeq);
  }
});

it.each(["-1", "1.5", "many", "1e3", "0x10", "9999999999999999", "1, 2"])(
  "refuses a Callsheet-Min-Seq of %s",
  async (minSeq) => {
    for (const path of [
      "/v1/templates/some_name",
      "/v1/templates/some_name/versions",
      "/v1/templates/some_name/tags",
    ]) {
      const refused = await refusalOf(await read(path, { "Callsheet-Min-Seq": minSeq }), 400);
      expect(refused.detail).toContain("Callsheet-Min-Seq");
    }
  },
);

it("says which tier answered: KV first, then memory", async () => {
  const name = aName();
  await publish(aDocument(name));
  expect(await tierOf(name)).toBe("kv");
  expect(await tierOf(name)).toBe("memory");
  expect(await tierOf(`${name}@^1`)).toBe("memory");
});

it("answers from D1 and R2 when KV has forgotten, and writes KV anew", async () => {
  const name = aName();
  await publish(aDocument(name));
  await publish(aDocument(name, { version: "1.1.0" }));
  // Old enough that its Registrar cannot be writing KV just now.
  await env.DB.prepare("UPDATE announcement SET announced_at = '2020-01-01T00:00:00.000Z' WHERE name = ?")
    .bind(name)
    .run();
  const keys = [`index/template/${name}`, `doc/template/${name}/1.0.0`, `doc/template/${name}/1.1.0`];
  for (const key of keys) await env.LOOKUPS.delete(key);

  expect(await tierOf(`${name}@1.0.0`)).toBe("d1");
  expect(await tierOf(name)).toBe("d1");
  expect(await (await read(`/v1/templates/${name}`)).json()).toMatchObject({ version: "1.1.0" });
  await vi.waitFor(async () => {
    for (const key of keys) expect(await env.LOOKUPS.get(key)).not.toBeNull();
  });
  const index = nameIndex.parse(await env.LOOKUPS.get(`index/template/${name}`, "json"));
  expect(index.versions.map(({ version }) => version)).toEqual(["1.1.0", "1.0.0"]);
});

it("does not believe a KV index that is older than a change it has heard of", async () => {
  const name = aName();
  await publish(aDocument(name));
  const old = (await env.LOOKUPS.get(`index/template/${name}`)) ?? "";
  await publish(aDocument(name, { version: "1.1.0" }));
  await env.LOOKUPS.put(`index/template/${name}`, old);
  expect(await (await read(`/v1/templates/${name}`)).json()).toMatchObject({ version: "1.1.0" });
});

it.each(["{", "null", '{"versions": 1}', "[]", '"text"'])("does not stumble over %s in KV", async (rubbish) => {
  const name = aName();
  await publish(aDocument(name));
  await env.LOOKUPS.put(`index/template/${name}`, rubbish);
  await env.LOOKUPS.put(`doc/template/${name}/1.0.0`, rubbish);
  expect(await (await read(`/v1/templates/${name}`)).json()).toMatchObject({ version: "1.0.0" });
});

it("does not serve a KV document whose digest is not the index's", async () => {
  const [name, other] = [aName(), aName()];
  await publish(aDocument(name));
  await publish(aDocument(other));
  const foreign = (await env.LOOKUPS.get(`doc/template/${other}/1.0.0`)) ?? "";
  await env.LOOKUPS.put(`doc/template/${name}/1.0.0`, foreign);
  expect(await (await read(`/v1/templates/${name}@1.0.0`)).json()).toMatchObject({ name });
});

it("reads its own changes of tags and states at once", async () => {
  const name = aName();
  await publish(aDocument(name));
  await publish(aDocument(name, { version: "1.1.0" }));
  for (const version of ["1.0.0", "1.1.0", "1.0.0"]) {
    await change("PUT", `/v1/templates/${name}/tags/stable`, { version });
    expect(await (await read(`/v1/templates/${name}@stable`)).json()).toMatchObject({ version });
  }
  await change("POST", `/v1/templates/${name}/versions/1.1.0:yank`);
  expect(await (await read(`/v1/templates/${name}`)).json()).toMatchObject({ version: "1.0.0" });
});

async function tierOf(reference: string): Promise<string | null> {
  const response = await read(`/v1/templates/${reference}`);
  expect(response.status).toBe(200);
  await response.body?.cancel();
  return response.headers.get("callsheet-tier");
}

async function commitTagBehindTheBack(name: string): Promise<number> {
  const [announced] = await env.DB.batch<{ seq: number }>([
    env.DB.prepare(
      `INSERT INTO announcement (kind, name, revision, change, announced_at, announced_by)
       VALUES ('template', ?, 2, 'tagged', '2020-01-01T00:00:00.000Z', 'elsewhere') RETURNING seq`,
    ).bind(name),
    env.DB.prepare("INSERT INTO tag (kind, name, tag, version) VALUES ('template', ?, 'stable', '1.0.0')").bind(name),
  ]);
  return announced?.results[0]?.seq ?? 0;
}
