import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { createApp } from "../../src/http/app.ts";
import { wireRequest } from "../../src/worker/wire-request.ts";
import { adminToken, read, refusalOf } from "../http/a-registry.ts";
import { aFunctionName, aFunctionText } from "../http/a-source.ts";
import { broken } from "./a-broken-env.ts";

const app = createApp();

beforeEach(() => {
  vi.spyOn(console, "error").mockImplementation(() => undefined);
});
afterEach(() => {
  vi.restoreAllMocks();
});

async function post(from: Env, path: string, body: string, type: string): Promise<Response> {
  const headers = { Authorization: `Bearer ${adminToken}`, "Content-Type": type };
  const request = new Request(`http://localhost${path}`, { method: "POST", headers, body });
  const ctx = createExecutionContext();
  const response = await app.fetch(request, wireRequest(from, ctx, request), ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

it("says that the analyzer is away, publishes nothing, and asks to try again", async () => {
  const name = aFunctionName();
  const from = { ...env, ANALYZER: broken(env.ANALYZER) };
  const response = await post(from, "/v1/functions", aFunctionText(name), "text/x-python");
  expect(response.headers.get("retry-after")).toBe("2");
  const { code, detail } = await refusalOf(response, 503);
  expect(code).toBe("UNAVAILABLE");
  expect(detail).toContain("analyzer");
  expect((await read(`/v1/functions/python.${name}`)).status).toBe(404);
});

it("says so of each source of a batch", async () => {
  const from = { ...env, ANALYZER: broken(env.ANALYZER) };
  const body = JSON.stringify({ sources: [{ file: "a.py", source: aFunctionText(aFunctionName()) }] });
  const response = await post(from, "/v1/functions:batch", body, "application/json");
  expect(response.status).toBe(200);
  expect(await response.json()).toMatchObject({ results: [{ status: "rejected", code: "UNAVAILABLE" }] });
});

it("fails as a bug does, and publishes nothing, when the analyzer's answer is none", async () => {
  const name = aFunctionName();
  const ANALYZER = new Proxy(env.ANALYZER, { get: () => async () => ({ functions: "many" }) });
  const response = await post({ ...env, ANALYZER }, "/v1/functions", aFunctionText(name), "text/x-python");
  expect((await refusalOf(response, 500)).code).toBe("INTERNAL");
  expect((await read(`/v1/functions/python.${name}`)).status).toBe(404);
});
