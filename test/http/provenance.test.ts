import { env } from "cloudflare:test";
import fc from "fast-check";
import { beforeAll, describe, expect, it } from "vitest";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import { aLeasedRun } from "../worker/a-pooled-run.ts";
import { ask } from "./a-registry.ts";
import { getRun } from "./a-run.ts";
import { expectSound } from "./an-answer.ts";
import { anEntity, aVersion } from "./an-entity.ts";

/** Entities of every role but failure, with borrowed values; and what routes can name of their run. */
let ids: string[] = [];
let names: Record<string, string> = {};

beforeAll(async () => {
  const lender = await anEntity({ prompt: "a fox", list: [1, { deep: "x" }] }, { label: "lender" });
  const version = await aVersion(lender, { prompt: "two foxes", list: [1] });
  const { name, run, runner, job } = await aLeasedRun("history", {
    template: { inputs: { prompt: { type: "string" }, list: { type: "array" } } },
    request: { inputs: { prompt: `@${version.ecs_id}.prompt`, list: [`@${lender.ecs_id}.list`] } },
  });
  runner.result(job, [{ result: "a red fox" }, { result: "another" }]);
  await runner.hear("accepted");
  const done = await getRun(run.id);
  const outputs = done.state === "succeeded" ? done.outputs.map((output) => output.entity) : [];
  runner.close();
  ids = [lender.ecs_id, version.ecs_id, run.input_entity, ...outputs];
  expect(ids).toHaveLength(5);
  names = { run_id: run.id, reference: name, name, version: "1.0.0", tag: "stable", pool: "history" };
  names.runner_id = runner.capabilities.runner_id;
});

/** All that is stored of the entities, and all that is told of them, byte by byte. */
async function history(): Promise<string> {
  const places = ids.map(() => "?").join(", ");
  const rows = ["entity", "entity_source", "entity_file"].map((table) =>
    env.DB.prepare(`SELECT * FROM ${table} WHERE ecs_id IN (${places}) ORDER BY 1, 2`).bind(...ids),
  );
  const stored = (await env.DB.batch(rows)).map(({ results }) => results);
  const told: string[] = [];
  for (const id of ids) {
    for (const of of ["", "/value"]) {
      const response = await ask("GET", `/v1/entities/${id}${of}`);
      expect(response.status).toBe(200);
      told.push(`${response.headers.get("etag")} ${await response.text()}`);
    }
  }
  return JSON.stringify({ stored, told });
}

const fields = fc.dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue(), { maxKeys: 3 });

/** Bodies that fit, nearly fit, or fit nothing; those that can name an entity name one of ours. */
const body = fc.oneof(
  fc.record(
    {
      data: fc.oneof(
        fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.jsonValue(), { maxKeys: 3 }),
        fc.jsonValue(),
      ),
      fork: fc.boolean(),
      ecs_id: fc.nat(),
      lineage_version: fc.constant(1),
      attribute_source: fc.constant({ prompt: null }),
      untyped_data: fc.dictionary(fc.string({ minLength: 1, maxLength: 8 }), fc.jsonValue(), { maxKeys: 2 }),
      label: fc.string({ maxLength: 10 }),
      inputs: fc.constant({ prompt: "changed" }),
      reason: fc.string({ maxLength: 10 }),
    },
    { requiredKeys: [] },
  ),
  fc.record({ data: fields, fork: fc.boolean() }),
  fc.record({ data: fields, label: fc.constant("another") }),
  fc.constant({}),
  fc.jsonValue(),
);
const writing = allRoutes.filter(({ method }) => method !== "GET");

describe("history", () => {
  it("has routes that name entities, which this test knows of", () => {
    const naming = writing.filter(({ path }) => path.includes("/entities")).map(({ operationId }) => operationId);
    expect(naming.sort()).toEqual(["createEntity", "createEntityVersion"]);
  });

  it.each(writing.map(({ operationId }) => operationId))(
    "is not changed by %s, whatever is sent",
    async (operation) => {
      const found = writing.find(({ operationId }) => operationId === operation);
      if (found === undefined) throw new Error(`no route ${operation}`);
      const before = await history();
      const namesEntities = found.path.includes("/entities");
      let accepted = 0;
      await fc.assert(
        fc.asyncProperty(fc.nat(), body, async (at, sent) => {
          const response = await send(found.method, fill(found.path, at), sent);
          if (response.ok) accepted += 1;
          await expectSound(response);
        }),
        { numRuns: namesEntities ? 60 : 5 },
      );
      expect(await history()).toBe(before);
      // What is refused changes nothing anyhow.
      if (namesEntities) {
        console.log(`${operation}: ${accepted} of 60 requests were accepted`);
        expect(accepted).toBeGreaterThan(0);
      }
    },
  );

  it("is not changed by methods and paths that no route has", async () => {
    const before = await history();
    const paths = allRoutes.map(({ path }) => path).filter((path) => path.includes("{entity_id}"));
    expect(paths.length).toBeGreaterThan(3);
    for (const path of new Set(paths)) {
      for (const method of ["PUT", "PATCH", "DELETE", "POST"]) {
        for (const [at] of ids.entries())
          await expectSound(await send(method, fill(path, at), { data: { prompt: 0 } }));
      }
    }
    expect(await history()).toBe(before);
  });

  it.each([
    ["UPDATE entity SET data = '{}' WHERE ecs_id = ?", "an entity never changes"],
    ["UPDATE entity SET ecs_id = lower(ecs_id) WHERE ecs_id = ?", "an entity never changes"],
    ["DELETE FROM entity WHERE ecs_id = ?", "an entity is never deleted"],
    ["UPDATE entity_source SET source_path = '' WHERE ecs_id = ?", "provenance never changes"],
    ["DELETE FROM entity_source WHERE ecs_id = ?", "provenance is never deleted"],
  ])("is not changed by %s, which D1 aborts", async (statement, message) => {
    const before = await history();
    const [, , input = ""] = ids;
    await expect(env.DB.prepare(statement).bind(input).run()).rejects.toThrow(message);
    expect(await history()).toBe(before);
  });
});

/** A path with one of our entities, and else with what their run is made of. */
function fill(path: string, at: number): string {
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === "entity_id" ? (ids[at % ids.length] ?? "") : (names[name] ?? ids[at % ids.length] ?? ""),
  );
}

function send(method: string, path: string, sent: unknown): Promise<Response> {
  if (method === "DELETE") return ask(method, path);
  return ask(method, path, { body: JSON.stringify(sent), type: "application/json" });
}
