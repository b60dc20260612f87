import { env, SELF } from "cloudflare:test";
import { expect, it } from "vitest";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import { aDocument, adminToken, aName, ask, publish, read } from "./a-registry.ts";

const expected = {
  "x-content-type-options": "nosniff",
  "referrer-policy": "no-referrer",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
};

/** A path of a route, with parameters that mean nothing. */
function pathOf(path: string): string {
  return path.replaceAll(/\{\w+\}/g, "no_such_name");
}

function toldBy(response: Response): Record<string, string> {
  return Object.fromEntries(response.headers);
}

it.each(allRoutes.filter((route) => route.method === "GET").map(({ path }) => path))(
  "what GET %s answers, to whomever, is nothing that a browser may take for a page",
  async (path) => {
    for (const token of [null, adminToken, "cst_wrong"]) {
      const response = await ask("GET", pathOf(path), { token });
      expect(toldBy(response)).toMatchObject(expected);
      await response.body?.cancel();
    }
  },
);

it.each(["/nothing", "/v1/nothing", "/v2/nothing", "/v2/", "/v2/_catalog", "/v2/templates/no_such/tags/list"])(
  "the same is true of %s",
  async (path) => {
    const response = await read(path);
    expect(toldBy(response)).toMatchObject(expected);
    await response.body?.cancel();
  },
);

it("a lookup says so whether memory answers it or not, and to pages of all origins", async () => {
  const name = aName("secured");
  await publish(aDocument(name));
  for (let time = 0; time < 3; time++) {
    const response = await read(`/v1/templates/${name}`, { Origin: "https://elsewhere.example" });
    expect(toldBy(response)).toMatchObject({
      ...expected,
      "cross-origin-resource-policy": "cross-origin",
      "access-control-allow-origin": "*",
      "access-control-expose-headers": "*",
    });
    await response.body?.cancel();
  }
});

it("what is not public belongs to the registry's own pages", async () => {
  const response = await ask("GET", "/v1/runs", { headers: { Origin: "https://elsewhere.example" } });
  const told = toldBy(response);
  expect(told["cross-origin-resource-policy"]).toBe("same-origin");
  expect(told["access-control-allow-origin"]).toBeUndefined();
  await response.body?.cancel();
});

it("browsers are told to stay with https where the answer came by it, and nowhere else", async () => {
  const name = aName("encrypted");
  await publish(aDocument(name));
  for (const path of [`/v1/templates/${name}`, `/v1/templates/${name}`, "/v2/", "/nothing"]) {
    for (const scheme of ["http", "https", "http"]) {
      const response = await SELF.fetch(`${scheme}://localhost${path}`);
      const told = response.headers.get("strict-transport-security");
      expect(told).toBe(scheme === "https" ? "max-age=31536000" : null);
      await response.body?.cancel();
    }
  }
});

it("takes an id that its caller gave the request, when it is one", async () => {
  const name = aName("identified");
  await publish(aDocument(name));
  for (const path of ["/v1/runs/no-such-run", `/v1/templates/${name}`, `/v1/templates/${name}`, "/v2/", "/nothing"]) {
    const taken = await read(path, { "X-Request-Id": "build.42_of-today" });
    expect(taken.headers.get("x-request-id")).toBe("build.42_of-today");
    await taken.body?.cancel();
    for (const bad of ["short", "x".repeat(129), "with space", "with/slash", "ünïcödé-id"]) {
      const response = await read(path, { "X-Request-Id": bad });
      expect(response.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
      await response.body?.cancel();
    }
  }
});

it("every route that reads a body says how much of it", () => {
  for (const { body, operationId, method } of allRoutes) {
    if (body !== undefined) expect(body.limitBytes, operationId).toBeGreaterThan(0);
    if (method === "GET") expect(body, operationId).toBeUndefined();
  }
  expect(env.RATE_LIMITS).toBe("off");
});
