import { afterEach, expect, it, vi } from "vitest";
import { ask, askJson, read } from "./a-registry.ts";

const written = vi.spyOn(console, "warn").mockImplementation(() => undefined);
afterEach(() => written.mockClear());

/** What the log has of a request. */
function linesOf(response: Response): Record<string, unknown>[] {
  const requestId = response.headers.get("x-request-id");
  return written.mock.calls
    .map(([line]): Record<string, unknown> => JSON.parse(String(line)))
    .filter((line) => line.request_id === requestId);
}

it("has one line for who is turned away, with what an operator needs to find them", async () => {
  const wrong = await ask("POST", "/v1/templates/blur/versions/1.0.0:yank", { token: "wrong" });
  expect(linesOf(wrong)).toMatchObject([
    {
      level: "warn",
      method: "POST",
      route: "/v1/templates/{name}/versions/{version}:yank",
      path: "/v1/templates/blur/versions/1.0.0:yank",
      status: 401,
      code: "UNAUTHENTICATED",
      caller: "anonymous",
    },
  ]);
  const created = await askJson("POST", "/v1/tokens", { name: "logged", scopes: ["read"] });
  const { token, id }: { token: string; id: string } = await created.json();
  const refused = await ask("POST", "/v1/admin/gc", { token, headers: { "CF-Connecting-IP": "203.0.113.4" } });
  expect(linesOf(refused)).toMatchObject([
    { status: 403, code: "FORBIDDEN", caller: "logged", token_id: id, address: "203.0.113.4" },
  ]);
});

it("has one for those at /v2/ too", async () => {
  const refused = await ask("PUT", "/v2/logged/plain/manifests/v1", { token: null });
  expect(linesOf(refused)).toMatchObject([
    { status: 401, code: "UNAUTHORIZED", route: "/v2/{repository}/manifests/{reference}" },
  ]);
});

it("has no line of what is answered, found or not", async () => {
  for (const path of ["/healthz", "/v1/templates/no_such_template", "/nothing"]) {
    expect(linesOf(await read(path))).toEqual([]);
  }
});

it("never has a token, nor what signs an address", async () => {
  const digest = `sha256:${"0".repeat(64)}`;
  const token = `cst_${"a".repeat(48)}`;
  const responses = [
    await ask("GET", `/v1/files/${digest}?expires=1&signature=${"b".repeat(64)}`, { token: null }),
    await ask("GET", "/v1/tokens", { token }),
  ];
  expect(responses.map(({ status }) => status)).toEqual([403, 401]);
  const text = JSON.stringify(responses.flatMap(linesOf));
  expect(responses.flatMap(linesOf)).toHaveLength(2);
  expect(text).not.toContain("aaaa");
  expect(text).not.toContain("bbbb");
});
