import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { expect, it } from "vitest";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import worker from "../../src/worker/main.ts";
import { adminToken } from "./a-registry.ts";

const known = "https://console.example";
const stranger = "https://elsewhere.example";
const open = { ...env, CORS_ORIGINS: `${known}/, http://localhost:5173` };
const closed = { ...open, PUBLIC_READS: "false" };

async function send(path: string, init: RequestInit<IncomingRequestCfProperties>, from: Env = open): Promise<Response> {
  const ctx = createExecutionContext();
  const response = await worker.fetch(new Request(`http://localhost${path}`, init), from, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

/** What a browser does before a page's request that is not simple. */
function preflight(path: string, origin: string, method: string, from: Env = open): Promise<Response> {
  const headers = {
    Origin: origin,
    "Access-Control-Request-Method": method,
    "Access-Control-Request-Headers": "authorization, content-type",
  };
  return send(path, { method: "OPTIONS", headers }, from);
}

function rightsIn({ headers }: Response) {
  return {
    origin: headers.get("access-control-allow-origin"),
    methods: headers.get("access-control-allow-methods"),
    headers: headers.get("access-control-allow-headers"),
  };
}

const none = { origin: null, methods: null, headers: null };

it.each(allRoutes.map((route) => [route.method, route.path, route] as const))(
  "%s %s: pages that the settings name may send a token, others only read what is public",
  async (method, path, route) => {
    const at = path.replaceAll(/\{\w+\}/g, "no_such_name");
    const asked = await preflight(at, known, method);
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-max-age")).toBe("7200");
    expect(rightsIn(asked)).toMatchObject({ origin: known, headers: "Authorization, *" });
    expect(rightsIn(asked).methods?.split(", ")).toContain(method);

    const elsewhere = await preflight(at, stranger, method);
    expect(elsewhere.status).toBe(204);
    const rights = rightsIn(elsewhere);
    const isPublic = method === "GET" && (route.access === "read" || route.access === "open");
    expect(rights.methods?.split(", ").includes(method) ?? false).toBe(isPublic);
    if (isPublic) expect(rights).toEqual({ origin: "*", methods: "GET, HEAD", headers: "*" });
  },
);

it("where reads are not public, pages elsewhere may do nothing", async () => {
  expect(rightsIn(await preflight("/v1/templates/x", stranger, "GET", closed))).toEqual(none);
  expect(rightsIn(await preflight("/v1/templates/x", known, "GET", closed)).origin).toBe(known);
  const refused = await send("/v1/templates/x", { headers: { Origin: stranger } }, closed);
  expect(rightsIn(refused)).toEqual(none);
  expect(refused.headers.get("vary")).toContain("Origin");
});

it("a page that may ask may read the answer, refusals too", async () => {
  for (const headers of [{ Origin: known, Authorization: `Bearer ${adminToken}` }, { Origin: known }]) {
    const response = await send("/v1/runs", { headers });
    expect(response.headers.get("access-control-allow-origin")).toBe(known);
    expect(response.headers.get("access-control-expose-headers")).toBe("*");
    expect(response.headers.get("access-control-allow-credentials")).toBeNull();
    await response.body?.cancel();
  }
  const elsewhere = await send("/v1/runs", { headers: { Origin: stranger, Authorization: `Bearer ${adminToken}` } });
  expect(elsewhere.headers.get("access-control-allow-origin")).toBeNull();
  await elsewhere.body?.cancel();
});

it("a stranger's page that reads what is missing can read that too", async () => {
  const response = await send("/v1/templates/no_such_name", { headers: { Origin: stranger } });
  expect(response.status).toBe(404);
  expect(response.headers.get("access-control-allow-origin")).toBe("*");
  await response.body?.cancel();
});

it("says what a path takes to whoever asks, and 404 where there is none", async () => {
  const plain = await send("/v1/templates/x/tags/stable", { method: "OPTIONS" });
  expect(plain.status).toBe(204);
  expect(plain.headers.get("allow")).toBe("GET, PUT, DELETE, HEAD, OPTIONS");
  expect(rightsIn(plain)).toEqual(none);
  expect((await preflight("/v1/nothing", known, "GET")).status).toBe(404);
});

it("/v2/ lets pages read what is public, and do nothing else", async () => {
  const catalog = await send("/v2/_catalog", { headers: { Origin: stranger } });
  expect(catalog.headers.get("access-control-allow-origin")).toBe("*");
  await catalog.body?.cancel();
  const asked = await preflight("/v2/models/x/blobs/uploads/", known, "POST");
  expect(asked.status).toBe(405);
  expect(rightsIn(asked)).toEqual(none);
  const privately = await send("/v2/_catalog", { headers: { Origin: stranger } }, closed);
  expect(privately.headers.get("access-control-allow-origin")).toBeNull();
  await privately.body?.cancel();
});
