import { env } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { quickLookup } from "../../src/http/artifacts/quick-lookup.ts";
import { lookupMemory } from "../../src/worker/isolate.ts";
import { settingsOf } from "../../src/worker/settings.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";
import { aDocument, aName, change, publish } from "./a-registry.ts";

const app = createApp();
const name = aName("quick");
const old = aName("old");

beforeAll(async () => {
  await publish(aDocument(name));
  await publish(aDocument(name, { version: "1.1.0" }));
  await publish(aDocument(old));
  await change("POST", `/v1/templates/${old}/versions/1.0.0:deprecate`, { successor: name });
});

/** Both ways to answer, in this test's own isolate; the routed one first, so that memory has what it found. */
async function bothWays(path: string, headers: Record<string, string> = {}) {
  const request = () => new Request(`http://localhost${path}`, { headers });
  const ctx = { waitUntil: () => undefined, passThroughOnException: () => undefined, props: {}, exports: {} };
  const route = () => app.fetch(request(), wireRequest(env, ctx as unknown as ExecutionContext, request()));
  await (await route()).arrayBuffer();
  const routed = await told(await route());
  const quick = quickLookup(lookupMemory(settingsOf(env)), request(), Date.now());
  return { routed, quick: quick === null ? null : await told(quick) };
}

async function told(response: Response) {
  const headers = Object.fromEntries(response.headers);
  expect(headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
  delete headers["x-request-id"];
  return { status: response.status, headers, body: await response.text() };
}

it.each([
  ["latest by no selector", () => `/v1/templates/${name}`],
  ["latest by name", () => `/v1/templates/${name}@latest`],
  ["an exact version", () => `/v1/templates/${name}@1.0.0`],
  ["a range", () => `/v1/templates/${name}@^1`],
  ["a range that is percent-encoded", () => `/v1/templates/${name}@%5E1`],
  ["a deprecated version", () => `/v1/templates/${old}`],
])("the quick way answers %s as the routed way does", async (_, path) => {
  const { routed, quick } = await bothWays(path());
  expect(routed.status).toBe(200);
  expect(quick).toEqual(routed);
});

it("the quick way answers 304 as the routed way does", async () => {
  const { routed } = await bothWays(`/v1/templates/${name}`);
  const again = await bothWays(`/v1/templates/${name}`, { "if-none-match": routed.headers.etag ?? "" });
  expect(again.routed.status).toBe(304);
  expect(again.quick).toEqual(again.routed);
});

it.each([
  ["a state that is asked for and not reached", () => `/v1/templates/${name}`, { "callsheet-min-seq": "999999" }],
  ["a malformed Min-Seq", () => `/v1/templates/${name}`, { "callsheet-min-seq": "soon" }],
  ["the source in YAML", () => `/v1/templates/${name}`, { accept: "application/yaml" }],
  ["a media type that nobody writes", () => `/v1/templates/${name}`, { accept: "image/png" }],
  ["a query", () => `/v1/templates/${name}?version=1.0.0`, {}],
  ["a name that is not published", () => "/v1/templates/never_published", {}],
  ["a broken percent-encoding", () => `/v1/templates/${name}@%zz`, {}],
  ["another route below the name", () => `/v1/templates/${name}/versions`, {}],
])("the quick way leaves %s to the routed way", async (_, path, headers) => {
  const { quick } = await bothWays(path(), headers);
  expect(quick).toBeNull();
});
