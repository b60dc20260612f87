import { expect, it, vi } from "vitest";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import { auditedOf } from "../../src/contract/http/audited.ts";
import type { Route } from "../../src/contract/http/route.ts";
import { aDocument, ask, askJson, publish } from "./a-registry.ts";
import { auditEntries, entriesOf } from "./an-audit-log.ts";

const digest = `sha256:${"0".repeat(64)}`;

/** A path that is well-formed for every route, though nothing is there. */
function pathOf({ path }: Route): string {
  const values: Record<string, string> = {
    name: "no_such_name",
    reference: "no_such_name",
    version: "1.0.0",
    tag: "stable",
    digest,
    part: "1",
    token_id: `tok_${"0".repeat(16)}`,
    publisher_id: `pub_${"0".repeat(16)}`,
  };
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => values[name] ?? "01890000-0000-7000-8000-000000000000");
}

async function aToken(name: string, scopes: string[]): Promise<{ id: string; token: string }> {
  const created = await askJson("POST", "/v1/tokens", { name, scopes });
  expect(created.status, await created.clone().text()).toBe(201);
  return created.json();
}

it("has one entry for every request that a known caller was refused", async () => {
  const { id, token } = await aToken("reader", ["read"]);
  const guarded = allRoutes.filter(({ access }) => access !== "read" && access !== "open");
  expect(guarded.length).toBeGreaterThan(60);
  for (const route of guarded) {
    const response = await ask(route.method, pathOf(route), {
      token,
      ...(route.method === "GET" ? {} : { body: "{}" }),
    });
    expect(response.status, route.operationId).toBe(403);
    expect(await entriesOf(response), route.operationId).toMatchObject([
      { operation: route.operationId, outcome: "refused", code: "FORBIDDEN", actor: "reader", token_id: id },
    ]);
  }
});

it("has nothing of those whom nobody knows", async () => {
  for (const token of [null, "wrong", `cst_${"0".repeat(48)}`]) {
    const response = await ask("POST", "/v1/admin/gc", { token });
    expect(response.status).toBe(401);
    expect(await auditEntries({ request_id: response.headers.get("x-request-id") ?? "" })).toEqual([]);
  }
});

/** Calls each route once so that it does what it is for; told by operation. */
async function actOnce(): Promise<Map<string, Response>> {
  const done = new Map<string, Response>();
  const act = async (operation: string, method: string, path: string, body?: unknown) => {
    const given = body === undefined ? {} : { body: JSON.stringify(body), type: "application/json" };
    const response = await ask(method, path, given);
    expect(response.status, `${operation}: ${await response.clone().text()}`).toBeLessThan(300);
    done.set(operation, response);
    const type = response.headers.get("content-type") ?? "";
    return type.includes("json") ? await response.clone().json<Record<string, never>>() : {};
  };
  const token = await act("createToken", "POST", "/v1/tokens", { name: "acting", scopes: ["publish"] });
  const rotated = await act("rotateToken", "POST", `/v1/tokens/${token.id}:rotate`, {});
  await act("revokeToken", "DELETE", `/v1/tokens/${rotated.id}`);
  const claims = { repository: "acme/models" };
  const publisher = await act("createPublisher", "POST", "/v1/trusted-publishers", {
    name: "ci",
    claims,
    scopes: ["publish"],
  });
  await act("removePublisher", "DELETE", `/v1/trusted-publishers/${publisher.id}`);
  await act("rebuildCaches", "POST", "/v1/admin/rebuild");
  await act("collectGarbage", "POST", "/v1/admin/gc");

  await publish(aDocument("acted", { inputs: { text: { type: "string" } } }));
  const run = await act("runTemplate", "POST", "/v1/templates/acted/runs", { inputs: { text: "a" } });
  await act("cancelRun", "POST", `/v1/runs/${run.run_id ?? run.id}:cancel`, {});
  await act("replayRun", "POST", `/v1/runs/${run.run_id ?? run.id}:replay`, {});
  const entity = await act("createEntity", "POST", "/v1/entities", { label: "note", data: { text: "a" } });
  await act("createEntityVersion", "POST", `/v1/entities/${entity.ecs_id}/versions`, { data: { text: "b" } });
  return done;
}

it("has one entry for every act that is done, by whom and to what", async () => {
  const done = await actOnce();
  for (const [operation, response] of done) {
    const entries = await entriesOf(response);
    expect(entries, operation).toMatchObject([{ operation, outcome: "done", code: null, actor: "admin" }]);
    expect(entries[0]?.subject, operation).not.toMatch(/[{}:]/);
  }
});

it("has an entry before the answer where nobody else records it", async () => {
  const before = allRoutes.filter((route) => auditedOf(route) === "before_answer");
  expect(before.map(({ operationId }) => operationId)).toContain("createToken");
  const response = await askJson("POST", "/v1/tokens", { name: "at once", scopes: ["read"] });
  expect(await auditEntries({ request_id: response.headers.get("x-request-id") ?? "" })).toHaveLength(1);
});

it("has nothing of what was only read, or could not be done", async () => {
  for (const [method, path] of [
    ["GET", "/v1/tokens"],
    ["GET", "/v1/audit"],
    ["DELETE", `/v1/tokens/tok_${"0".repeat(16)}`],
    ["POST", "/v1/tokens"],
    ["POST", "/v1/templates"],
    ["POST", "/v1/templates/no_such_name/validate"],
  ] as const) {
    const response = await ask(method, path, method === "POST" ? { body: "{}", type: "application/json" } : {});
    await response.body?.cancel();
    expect(await auditEntries({ request_id: response.headers.get("x-request-id") ?? "" }), path).toEqual([]);
  }
});

it("has the names that a caller may not change, of one document and of a batch", async () => {
  const created = await askJson("POST", "/v1/tokens", {
    name: "of images",
    scopes: ["publish"],
    names: ["templates/image_*"],
  });
  const { token }: { token: string } = await created.json();
  const send = (path: string, body: unknown) =>
    ask("POST", path, { token, body: JSON.stringify(body), type: "application/json" });
  const one = await send("/v1/templates", aDocument("video_mine"));
  expect(one.status).toBe(403);
  expect(await entriesOf(one)).toMatchObject([
    { operation: "registerTemplate", subject: "templates/video_mine", outcome: "refused", actor: "of images" },
  ]);
  const both = await send("/v1/templates:batch", [aDocument("image_mine"), aDocument("video_mine")]);
  expect(both.status).toBe(200);
  await vi.waitFor(async () => {
    const entries = await auditEntries({ request_id: both.headers.get("x-request-id") ?? "" });
    expect(entries.map(({ operation, subject, outcome }) => `${outcome} ${operation} ${subject}`).sort()).toEqual([
      "done version.published templates/image_mine@1.0.0",
      "refused registerTemplates templates/video_mine",
    ]);
  });
});

it("has what a known caller was refused at /v2/", async () => {
  const { token } = await aToken("puller", ["read"]);
  const type = "application/vnd.oci.image.manifest.v1+json";
  const pushed = await ask("PUT", "/v2/acts/refused/manifests/v1", { token, body: "{}", type });
  expect(pushed.status).toBe(403);
  expect(await entriesOf(pushed)).toMatchObject([
    {
      operation: "PUT /v2/{repository}/manifests/{reference}",
      subject: "acts/refused",
      code: "FORBIDDEN",
      actor: "puller",
    },
  ]);
});
