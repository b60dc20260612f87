import { createExecutionContext, env, waitOnExecutionContext } from "cloudflare:test";
import { expect, it } from "vitest";
import { allRoutes } from "../../src/contract/http/all-routes.ts";
import worker from "../../src/worker/main.ts";
import { aDocument, publish, refusalOf } from "../http/a-registry.ts";

const privately = { ...env, PUBLIC_READS: "false", CALLSHEET_RUNNER_TOKEN: "a-runner-token" };

async function ask(
  method: string,
  path: string,
  authorization: string | null,
  from: Env = privately,
): Promise<Response> {
  const headers: Record<string, string> = authorization === null ? {} : { Authorization: authorization };
  const request = new Request<unknown, IncomingRequestCfProperties>(`http://localhost${path}`, { method, headers });
  const ctx = createExecutionContext();
  const response = await worker.fetch(request, from, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

const reads = allRoutes.filter((route) => route.access === "read");

it.each(reads.map((route) => [route.method, route.path] as const))(
  "lets nobody ask %s %s without a token where reads are not public",
  async (method, path) => {
    for (const authorization of [null, "Bearer wrong", "Basic dGVzdDp0ZXN0"]) {
      const refused = await refusalOf(await ask(method, path, authorization), 401);
      expect(refused.code).toBe("UNAUTHENTICATED");
    }
    const ofRunner = await refusalOf(await ask(method, path, "Bearer a-runner-token"), 403);
    expect(ofRunner.detail).toContain("needs the scope read");
    const response = await ask(method, path, "Bearer test-admin-token");
    await response.body?.cancel();
    expect([401, 403]).not.toContain(response.status);
  },
);

it("asks for a token even when its memory has the answer, and lets no shared cache keep what it answers", async () => {
  await publish(aDocument("kept_private"));
  for (const reference of ["kept_private", "kept_private@1.0.0"]) {
    const path = `/v1/templates/${reference}`;
    for (let time = 0; time < 2; time++) {
      const answered = await ask("GET", path, "Bearer test-admin-token");
      expect(answered.status).toBe(200);
      expect(answered.headers.get("cache-control")).not.toContain("public");
      expect(await answered.json()).toMatchObject({ name: "kept_private", version: "1.0.0" });
    }
    await refusalOf(await ask("GET", path, null), 401);
    expect((await ask("GET", path, null, env)).status).toBe(200);
  }
  const exact = await ask("GET", "/v1/templates/kept_private@1.0.0", "Bearer test-admin-token");
  expect(exact.headers.get("cache-control")).toBe("private, max-age=31536000, immutable");
  await exact.body?.cancel();
});

it("says to anyone that it is alive", async () => {
  expect((await ask("GET", "/healthz", null)).status).toBe(200);
});
