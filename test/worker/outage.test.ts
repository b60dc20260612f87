import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { LookupMemory } from "../../src/operations/lookup/lookup-memory.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";
import { aDocument, adminToken, publish, refusalOf } from "../http/a-registry.ts";
import { broken } from "./a-broken-env.ts";

const app = createApp();
const everythingDown = { ...env, DB: broken(env.DB), HUB: broken(env.HUB), REGISTRAR: broken(env.REGISTRAR) };
let memory = new LookupMemory(1024 * 1024);
let clock = 0;

beforeAll(async () => {
  await publish(aDocument("kept"));
});

beforeEach(() => {
  memory = new LookupMemory(1024 * 1024);
  clock = Date.now();
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** One request to an isolate with this file's memory and clock. */
async function askIsolate(from: Env, path: string, init: RequestInit = {}): Promise<Response> {
  const request = new Request(`http://localhost${path}`, init);
  const ctx = createExecutionContext();
  const needs = wireRequest(from, ctx, request);
  const response = await app.fetch(request, { ...needs, lookUp: { ...needs.lookUp, memory, now: () => clock } }, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

it("goes on answering from memory when hub and D1 are gone, and says that and how old it is", async () => {
  await (await askIsolate(env, "/v1/templates/kept")).body?.cancel();
  clock += 10_000;
  const response = await askIsolate(everythingDown, "/v1/templates/kept");
  expect(response.status).toBe(200);
  expect(response.headers.get("callsheet-stale")).toBe("true");
  expect(response.headers.get("age")).toBe("10");
  expect(response.headers.get("callsheet-tier")).toBe("memory");
  expect(await response.json()).toMatchObject({ name: "kept", version: "1.0.0" });
});

it("answers without that warning while its lease runs, though everything is gone", async () => {
  await (await askIsolate(env, "/v1/templates/kept")).body?.cancel();
  clock += 3000;
  const response = await askIsolate(everythingDown, "/v1/templates/kept");
  expect(response.headers.get("callsheet-stale")).toBeNull();
  await response.body?.cancel();
});

it("answers from KV in an isolate that knows nothing yet", async () => {
  const response = await askIsolate(everythingDown, "/v1/templates/kept@^1");
  expect(response.status).toBe(200);
  expect(response.headers.get("callsheet-tier")).toBe("kv");
  expect(response.headers.get("callsheet-stale")).toBe("true");
  await response.body?.cancel();
});

it("stops answering when the outage is longer than stale answers are allowed", async () => {
  await (await askIsolate(env, "/v1/templates/kept")).body?.cancel();
  clock += 3_601_000;
  const response = await askIsolate(everythingDown, "/v1/templates/kept");
  expect(response.headers.get("retry-after")).toBe("1");
  expect((await refusalOf(response, 503)).code).toBe("UNAVAILABLE");
});

it("says 503, never 404, of a name that is in no cache", async () => {
  const response = await askIsolate(everythingDown, "/v1/templates/never_seen");
  expect(response.headers.get("retry-after")).not.toBeNull();
  expect((await refusalOf(response, 503)).code).toBe("UNAVAILABLE");
});

it("says 503 to a Min-Seq that it cannot prove", async () => {
  await (await askIsolate(env, "/v1/templates/kept")).body?.cancel();
  clock += 10_000;
  const headers = { "Callsheet-Min-Seq": "999999" };
  expect((await refusalOf(await askIsolate(everythingDown, "/v1/templates/kept", { headers }), 503)).code).toBe(
    "UNAVAILABLE",
  );
});

it("syncs with D1 itself when only the hub is gone", async () => {
  const response = await askIsolate({ ...env, HUB: broken(env.HUB) }, "/v1/templates/kept");
  expect(response.status).toBe(200);
  expect(response.headers.get("callsheet-stale")).toBeNull();
  await response.body?.cancel();
});

it("answers from D1 and R2 when KV is gone", async () => {
  const response = await askIsolate({ ...env, LOOKUPS: broken(env.LOOKUPS) }, "/v1/templates/kept");
  expect(response.status).toBe(200);
  expect(response.headers.get("callsheet-tier")).toBe("d1");
  await response.body?.cancel();
});

it("says 503 of a document that neither KV nor R2 gives, not 500", async () => {
  const from = { ...env, LOOKUPS: broken(env.LOOKUPS), BLOBS: broken(env.BLOBS) };
  for (const accept of ["application/json", "application/yaml"]) {
    const response = await askIsolate(from, "/v1/templates/kept", { headers: { Accept: accept } });
    expect((await refusalOf(response, 503)).code).toBe("UNAVAILABLE");
  }
});

it("refuses every write with 503 and Retry-After", async () => {
  const headers = { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" };
  const body = JSON.stringify(aDocument("wanted"));
  const writes = [
    askIsolate(everythingDown, "/v1/templates", { method: "POST", headers, body }),
    askIsolate(everythingDown, "/v1/templates?dry_run=true", { method: "POST", headers, body }),
    askIsolate(everythingDown, "/v1/templates/kept/versions/1.0.0:yank", { method: "POST", headers }),
    askIsolate(everythingDown, "/v1/templates/kept/tags/stable", {
      method: "PUT",
      headers,
      body: '{"version":"1.0.0"}',
    }),
    askIsolate(everythingDown, "/v1/admin/rebuild", { method: "POST", headers }),
  ];
  for (const response of await Promise.all(writes)) {
    expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
    expect((await refusalOf(response, 503)).code).toBe("UNAVAILABLE");
  }
});

it("gives each member of a batch the outage as its own result", async () => {
  const headers = { Authorization: `Bearer ${adminToken}`, "Content-Type": "application/json" };
  const body = JSON.stringify([aDocument("wanted"), { bad: true }]);
  const response = await askIsolate(everythingDown, "/v1/templates:batch", { method: "POST", headers, body });
  expect(await response.json()).toMatchObject({ results: [{ code: "UNAVAILABLE" }, { code: "INVALID_DOCUMENT" }] });
});

it("says that it is degraded when D1 does not answer", async () => {
  const response = await askIsolate(everythingDown, "/healthz");
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ status: "degraded", seq: null });
});

it("says 503 for what only D1 knows", async () => {
  for (const path of [
    "/v1/templates",
    "/v1/templates?q=kept",
    "/v1/templates/kept/tags/latest/history",
    "/openapi.json",
  ]) {
    expect((await refusalOf(await askIsolate(everythingDown, path), 503)).code).toBe("UNAVAILABLE");
  }
});

it("recovers as soon as D1 is back", async () => {
  await (await askIsolate(everythingDown, "/v1/templates/kept")).body?.cancel();
  clock += 1000;
  const response = await askIsolate(env, "/v1/templates/kept");
  expect(response.headers.get("callsheet-stale")).toBeNull();
  await response.body?.cancel();
});
