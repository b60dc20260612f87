import { expect, it } from "vitest";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import type { Route } from "../../src/contract/http/route.ts";
import { ask, read, refusalOf } from "./a-registry.ts";

const open = allRoutes.filter((route) => route.access === "read" || route.access === "open");
const guarded = allRoutes.filter((route) => !open.includes(route));
/** What other than the caller's right may make a route of everyone answer 401: a hook that its source has not signed. */
const unsigned = "SIGNATURE_INVALID";

it.each(guarded.map((route) => [route.method, route.path, route] as const))(
  "refuses %s %s without a token and with a wrong one, before it looks at anything else",
  async (_method, _path, route) => {
    const path = `${pathOf(route)}?nonsense=1`;
    for (const authorization of [null, "", "Bearer", "Bearer wrong", "Basic dGVzdDp0ZXN0", "test-admin-token"]) {
      const headers: Record<string, string> = authorization === null ? {} : { Authorization: authorization };
      const response = await ask(route.method, path, { token: null, headers });
      expect((await refusalOf(response, 401)).code).toBe("UNAUTHENTICATED");
      expect(response.headers.get("www-authenticate")).toContain("Bearer");
    }
    expect((await ask(route.method, path)).status).not.toBe(401);
  },
);

it.each(open.map((route) => [route.method, route.path, route] as const))(
  "lets anyone ask %s %s",
  async (_method, _path, route) => {
    for (const authorization of [null, "Bearer wrong", `Bearer cst_${"0".repeat(48)}`]) {
      const headers: Record<string, string> = authorization === null ? {} : { Authorization: authorization };
      const response = await ask(route.method, pathOf(route), { token: null, headers });
      if (authorization !== null && route.refusesWrongTokens === true) {
        expect((await refusalOf(response, 401)).code).toBe("UNAUTHENTICATED");
        continue;
      }
      if (response.status === 401) expect((await refusalOf(response, 401)).code).toBe(unsigned);
      expect(response.status).not.toBe(403);
      if (!response.bodyUsed) await response.body?.cancel();
    }
  },
);

it("takes the scheme in any case", async () => {
  const response = await ask("GET", "/v1/admin/verify", {
    token: null,
    headers: { Authorization: "bEARER test-admin-token" },
  });
  expect(response.status).toBe(200);
});

it.each(allRoutes.map((route) => [route.method, route.path, route] as const))(
  "names %s among what %s takes, when asked with another method",
  async (method, _path, route) => {
    const response = await ask("PATCH", pathOf(route));
    const allowed = response.headers.get("allow");
    expect((await refusalOf(response, 405)).code).toBe("METHOD_NOT_ALLOWED");
    expect(allowed?.split(", ")).toContain(method);
    expect(allowed?.includes("HEAD")).toBe(allowed?.includes("GET"));
  },
);

it("tells a verb of a version apart from the version itself", async () => {
  const asVerb = await ask("GET", "/v1/templates/some_name/versions/1.0.0:yank");
  expect(asVerb.headers.get("allow")).toBe("POST");
  const asVersion = await ask("POST", "/v1/templates/some_name/versions/1.0.0");
  expect(asVersion.headers.get("allow")).toBe("DELETE");
});

it.each([
  "/v1",
  "/v1/",
  "/v1/template",
  "/v1/robots",
  "/v2x/",
  "/healthz/",
  "/v1/templates/",
  "/%00",
  "/..",
  "/v1/templates/a/b/c",
])("answers 404 to %s, and says where the routes are told", async (path) => {
  const refused = await refusalOf(await read(path), 404);
  expect(refused.code).toBe("ROUTE_NOT_FOUND");
  expect(refused.detail).toContain("/openapi.json");
});

it("gives every answer an id of its own", async () => {
  const ids = await Promise.all(
    ["/healthz", "/openapi.json", "/v1/templates", "/nothing"].map(async (path) => {
      const response = await read(path);
      await response.body?.cancel();
      return response.headers.get("x-request-id");
    }),
  );
  expect(ids.every((id) => id !== null)).toBe(true);
  expect(new Set(ids).size).toBe(ids.length);
});

function pathOf(route: Route): string {
  return route.path
    .replace("{name}", "no_such_name")
    .replace("{reference}", "no_such_name")
    .replace("{version}", "1.0.0")
    .replace("{tag}", "stable");
}
