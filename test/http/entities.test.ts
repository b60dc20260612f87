import { env } from "cloudflare:test";
import { describe, expect, it, test } from "vitest";
import { entity } from "../../src/contract/entity/entity.ts";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import { entityPage, entityValue } from "../../src/contract/http/entities.ts";
import { limits } from "../../src/contract/limits.ts";
import { aName, ask, read, refusalOf } from "./a-registry.ts";
import { anEntity, postEntity } from "./an-entity.ts";

const unknownId = "0190a6b4-7c1e-7d3a-9f2b-000000000001";

async function valueAt(id: string, at: string): Promise<Response> {
  return ask("GET", `/v1/entities/${id}/value?at=${encodeURIComponent(at)}`);
}

describe("recording data from outside", () => {
  it("answers the entity and where it is, and it reads back as it was", async () => {
    const response = await postEntity({
      data: { a: [1, { b: null }] },
      untyped_data: { from: "sensor" },
      label: "mine",
    });
    const made = entity.parse(await response.json());
    expect(response.status).toBe(201);
    expect(response.headers.get("location")).toBe(`/v1/entities/${made.ecs_id}`);
    expect(made).toMatchObject({
      lineage_id: made.ecs_id,
      lineage_version: 1,
      previous_ecs_id: null,
      root_ecs_id: made.ecs_id,
      forked_at: null,
      created_by: "admin",
      type: { role: "external", label: "mine" },
      data: { a: [1, { b: null }] },
      data_digest: null,
      data_bytes: 20,
      untyped_data: { from: "sensor" },
      attribute_source: { a: [null, { b: null }] },
      derived_from_function: null,
      derived_from_run: null,
      output_index: null,
      siblings: [],
    });
    const back = await ask("GET", `/v1/entities/${made.ecs_id}`);
    expect(await back.json()).toEqual(made);
  });

  it("copies what is borrowed, with its source; @@ is a plain @", async () => {
    const lender = await anEntity({ list: [{ name: "a" }, { name: "b" }] });
    const made = await anEntity({ one: `@${lender.ecs_id}.list[1].name`, all: `@${lender.ecs_id}`, at: "@@home" });
    expect(made.data).toEqual({ one: "b", all: lender.data, at: "@home" });
    expect(made.attribute_source).toEqual({
      one: `@${lender.ecs_id}.list[1].name`,
      all: { list: [{ name: `@${lender.ecs_id}.list[0].name` }, { name: `@${lender.ecs_id}.list[1].name` }] },
      at: null,
    });
  });

  it("reports everything that is wrong with references together, and records nothing", async () => {
    const lender = await anEntity({ images: [1, 2], meta: { width: 1, height: 2 }, name: "x" });
    const before = await env.DB.prepare("SELECT count(*) AS n FROM entity").first("n");
    const id = lender.ecs_id;
    const problem = await refusalOf(
      await postEntity({
        data: {
          a: "@nobody",
          b: [`@${id}.images[2]`],
          c: `@${id}.meta.wdth`,
          d: `@${id}.name.x`,
          e: `@${unknownId}.x`,
        },
      }),
      422,
    );
    expect(problem.code).toBe("INVALID_INPUTS");
    const told = new Map(problem.issues.map((issue) => [issue.path, issue]));
    expect([...told.keys()].sort()).toEqual(["/data/a", "/data/b/0", "/data/c", "/data/d", "/data/e"]);
    expect(told.get("/data/a")).toMatchObject({ code: "address_invalid" });
    expect(told.get("/data/b/0")).toMatchObject({
      code: "address_missing",
      message: `@${id}.images is a list of 2, at positions 0 to 1; it has no position 2`,
    });
    expect(told.get("/data/c")).toMatchObject({
      message: `@${id}.meta has no "wdth"; it has "width", "height"`,
      suggestion: 'did you mean "width"?',
    });
    expect(told.get("/data/d")?.message).toBe(`@${id}.name is the string "x"; nothing lies inside it`);
    expect(told.get("/data/e")).toMatchObject({ code: "entity_missing" });
    expect(await env.DB.prepare("SELECT count(*) AS n FROM entity").first("n")).toBe(before);
  });

  it("says ENTITY_NOT_FOUND when all that is wrong is that entities are not there", async () => {
    const problem = await refusalOf(await postEntity({ data: { a: `@${unknownId}`, b: `@${unknownId}.x` } }), 404);
    expect(problem).toMatchObject({ code: "ENTITY_NOT_FOUND" });
    expect(problem.issues.map((issue) => issue.path)).toEqual(["/data/a", "/data/b"]);
    expect(problem.detail).toContain(unknownId);
  });

  it("keeps large data in R2, named by their digest, and lends parts of them", async () => {
    const text = "x".repeat(limits.inlineValueBytes);
    const made = await anEntity({ text, few: [1, 2] });
    expect(made).toMatchObject({
      data: null,
      data_bytes: text.length + 23,
      data_digest: expect.stringMatching(/^sha256:/),
    });
    expect(await (await ask("GET", `/v1/entities/${made.ecs_id}`)).json()).toEqual(made);
    const file = await ask("GET", `/v1/files/${made.data_digest}`);
    expect(await file.json()).toEqual({ text, few: [1, 2] });
    expect(entityValue.parse(await (await valueAt(made.ecs_id, ".few")).json()).value).toEqual([1, 2]);
    expect((await anEntity({ last: `@${made.ecs_id}.few[1]` })).data).toEqual({ last: 2 });
  });

  it("refuses data that are too large, also by what they borrow", async () => {
    const half = await anEntity({ text: "x".repeat(limits.valueBytes / 2) });
    const twice = { a: `@${half.ecs_id}.text`, b: `@${half.ecs_id}.text` };
    const problem = await refusalOf(await postEntity({ data: twice }), 422);
    expect(problem.issues.map((issue) => issue.code)).toEqual(["too_large"]);
    const untyped = { data: {}, untyped_data: { text: "x".repeat(limits.inlineValueBytes) } };
    expect((await refusalOf(await postEntity(untyped), 422)).issues[0]).toMatchObject({ path: "/untyped_data" });
    await refusalOf(await postEntity({ data: { text: "x".repeat(limits.runRequestBytes) } }), 413);
  });

  it("keeps every key as it is, also those that programs trip over", async () => {
    const lender = await anEntity({ x: 1 });
    const odd = ["__proto__", "constructor", "", "a\u0000b", "a\u0000c", "~/", "😀"];
    const data = { odd: Object.fromEntries(odd.map((key) => [key, `@${lender.ecs_id}.x`])) };
    const { ecs_id: id, ...made } = await anEntity(data);
    expect(JSON.stringify(made.data)).toBe(JSON.stringify({ odd: Object.fromEntries(odd.map((key) => [key, 1])) }));
    const back: { attribute_source: object } = await (await ask("GET", `/v1/entities/${id}`)).json();
    expect(JSON.stringify(back.attribute_source)).toBe(JSON.stringify(data));
    const rows = await env.DB.prepare("SELECT path FROM entity_source WHERE ecs_id = ?").bind(id).all();
    expect(rows.results).toHaveLength(odd.length);
  });

  it("knows the files among the data: they are kept for as long as it is", async () => {
    const sent = await ask("POST", "/v1/files", { body: "a file of a test", type: "text/plain" });
    const { digest }: { digest: string } = await sent.json();
    const unknown = `sha256:${"0".repeat(64)}`;
    const made = await anEntity({ files: [digest, { again: digest }], none: unknown });
    const { results } = await env.DB.prepare("SELECT digest FROM entity_file WHERE ecs_id = ?").bind(made.ecs_id).all();
    expect(results).toEqual([{ digest }]);
  });

  test.each([
    [{}, "data"],
    [{ data: [] }, "data"],
    [{ data: {}, lable: "x" }, "lable"],
    [{ data: {}, label: "" }, "label"],
    [{ data: { "": 1 } }, "data"],
    [{ data: { ["k".repeat(201)]: 1 } }, "data"],
    [{ data: JSON.parse('{"__proto__":{"a":1}}') }, "__proto__"],
  ])("refuses the body %j", async (body, word) => {
    const problem = await refusalOf(await postEntity(body), 400);
    expect(problem.code).toBe("INVALID_REQUEST");
    expect(JSON.stringify(problem.issues)).toContain(word);
  });
});

describe("reading an entity", () => {
  it("may be kept for ever, by who may see it", async () => {
    const made = await anEntity({ a: 1 });
    const path = `/v1/entities/${made.ecs_id}`;
    const first = await ask("GET", path);
    expect(first.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
    const etag = first.headers.get("etag") ?? "";
    expect(etag).toBe(`"${made.ecs_id}"`);
    const again = await ask("GET", path, { headers: { "If-None-Match": etag } });
    expect([again.status, await again.text()]).toEqual([304, ""]);
    await refusalOf(await read(path), 401);
  });

  it("is 404 where there is none, and 400 where the id is none", async () => {
    for (const part of ["", "/value", "/lineage", "/versions", `/compare?to=${unknownId}`]) {
      const problem = await refusalOf(await ask("GET", `/v1/entities/${unknownId}${part}`), 404);
      expect(problem.code).toBe("ENTITY_NOT_FOUND");
      await refusalOf(await ask("GET", `/v1/entities/nothing${part}`), 400);
    }
  });

  it("tells one value by the address that references use", async () => {
    const made = await anEntity({ list: [{ "a key": 7 }] });
    const id = made.ecs_id;
    const found = await valueAt(id, '.list.0["a key"]');
    expect(await found.json()).toEqual({
      address: `@${id}.list[0]["a key"]`,
      entity: id,
      path: "/list/0/a key",
      value: 7,
    });
    expect(found.headers.get("cache-control")).toContain("immutable");
    const whole = await ask("GET", `/v1/entities/${id}/value`);
    expect(await whole.json()).toEqual({ address: `@${id}`, entity: id, path: "", value: made.data });
    const missing = await refusalOf(await valueAt(id, ".list[1]"), 400);
    expect(missing.detail).toContain("a list of 1");
    const malformed = await refusalOf(await valueAt(id, "/list/0"), 400);
    expect(malformed.issues[0]).toMatchObject({ path: "/query/at", suggestion: `did you mean @${id}.list[0]?` });
  });
});

describe("listing entities", () => {
  it("pages through them, newest first, each once", async () => {
    const label = aName("listed");
    const made = [];
    for (let n = 0; n < 5; n += 1) made.unshift((await anEntity({ n }, { label })).ecs_id);
    const found: string[] = [];
    let path: string | null = `/v1/entities?name=${label}&role=external&limit=2`;
    while (path !== null) {
      const response: Response = await ask("GET", path);
      const page = entityPage.parse(await response.json());
      found.push(...page.items.map((item) => item.ecs_id));
      path =
        page.next_cursor === null
          ? null
          : `/v1/entities?name=${label}&role=external&limit=2&cursor=${page.next_cursor}`;
      expect(response.headers.get("link") === null).toBe(path === null);
    }
    expect(found).toEqual(made);
    expect(entityPage.parse(await (await ask("GET", `/v1/entities?name=${label}&role=input`)).json()).items).toEqual(
      [],
    );
  });

  it("refuses what it does not know", async () => {
    for (const query of ["role=other", "run=x", "cursor=x", "limit=0", "newest=1", "nme=x"]) {
      await refusalOf(await ask("GET", `/v1/entities?${query}`), 400);
    }
  });
});

it("no route changes or removes an entity", () => {
  const routes = allRoutes.filter((route) => route.path.startsWith("/v1/entities"));
  expect(routes.length).toBeGreaterThan(7);
  for (const route of routes) {
    expect(["GET", "POST"]).toContain(route.method);
    expect(route.access).toBe("run");
    if (route.method === "POST") expect(["/v1/entities", "/v1/entities/{entity_id}/versions"]).toContain(route.path);
  }
});
