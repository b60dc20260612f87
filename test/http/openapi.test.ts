import { env } from "cloudflare:test";
import openApiSchema from "@seriousme/openapi-schema-validator/schemas/v3.1/schema.json" with { type: "json" };
import Ajv2020 from "ajv/dist/2020.js";
import { beforeAll, expect, it } from "vitest";
import { z } from "zod";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import { aDocument, ask, change, publish, read } from "./a-registry.ts";

// The package's own validator reads this schema from the disk, which workerd has not.
const isOpenApi = new Ajv2020({ strict: false, validateFormats: false }).compile(openApiSchema);

const told = z.looseObject({
  openapi: z.string().startsWith("3.1"),
  paths: z.record(z.string(), z.record(z.string(), z.unknown())),
});

const inputs = {
  prompt: { type: "string", required: true, pattern: "^[a-z ]+$" },
  photo: { type: "file", format: ["png"] },
  sizes: { type: "array", items: { type: "object", properties: { w: { type: "integer" } } } },
};

beforeAll(async () => {
  const examples = [{ name: "plain", inputs: { prompt: "a cat" } }];
  await publish(aDocument("described", { inputs, examples }));
  await publish({ template: { id: "only_a_base", version: "1.0.0", abstract: true } });
  await fill(201);
  await publish(aDocument("yanked_away"));
  await change("POST", "/v1/templates/yanked_away/versions/1.0.0:yank");
  await publish(aDocument("outdated"));
  await change("POST", "/v1/templates/outdated/versions/1.0.0:deprecate");
});

it("serves an OpenAPI 3.1 document of one template, with its schema and its examples", async () => {
  const document = await documentAt("/v1/templates/described@1.0.0/openapi.json");
  expect(Object.keys(document.paths)).toEqual(["/v1/templates/described/runs"]);
  const text = JSON.stringify(document);
  for (const word of ["prompt", "^[a-z ]+$", "a cat"]) expect(text).toContain(word);
});

it("serves the API's own document, with every route in it", async () => {
  const { paths } = await documentAt("/openapi.json");
  for (const { path, method } of allRoutes) expect(Object.keys(paths[path] ?? {})).toContain(method.toLowerCase());
});

it("adds every template that can run and is not withdrawn, however many there are", async () => {
  const paths = Object.keys((await documentAt("/openapi.json")).paths);
  expect(new Set(paths).size).toBe(paths.length);
  expect(paths.filter((path) => path.includes("/filler_"))).toHaveLength(201);
  expect(paths).toContain("/v1/templates/described/runs");
  expect(paths).toContain("/v1/templates/outdated/runs");
  expect(paths.some((path) => path.includes("yanked_away") || path.includes("only_a_base"))).toBe(false);
});

it("answers HEAD without reading on", async () => {
  const response = await ask("HEAD", "/openapi.json", { token: null });
  expect(response.status).toBe(200);
  expect(await response.text()).toBe("");
});

/** More templates, quickly: copies of one. */
async function fill(count: number): Promise<void> {
  const names = `WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`;
  const of = "WHERE name = 'described'";
  await env.DB.batch([
    env.DB.prepare(
      `${names} INSERT INTO artifact_version (kind, name, version, digest, source_digest, source_media_type, flattened_digest, keywords,
         runtime, gpu, abstract, interface, state, published_at, published_by, seq)
       SELECT kind, 'filler_' || i, version, digest, source_digest, source_media_type, flattened_digest, keywords,
         runtime, gpu, abstract, interface, state, published_at, published_by, seq FROM artifact_version, n ${of}`,
    ),
    env.DB.prepare(
      `${names} INSERT INTO catalogue (kind, name, version, state, keywords, runtime, gpu, abstract, published_at)
       SELECT kind, 'filler_' || i, version, state, keywords, runtime, gpu, abstract, published_at FROM catalogue, n ${of}`,
    ),
  ]);
}

async function documentAt(path: string): Promise<z.infer<typeof told>> {
  const response = await read(path);
  expect(response.headers.get("content-type")).toBe("application/json");
  const document = told.parse(await response.json());
  isOpenApi(document);
  expect(isOpenApi.errors).toBeNull();
  return document;
}
