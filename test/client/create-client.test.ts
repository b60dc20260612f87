import { describe, expect, expectTypeOf, test } from "vitest";
import { CallFailure } from "../../src/client/call-failure.ts";
import { createClient } from "../../src/client/create-client.ts";
import type { AnswerOf, RequestOf } from "../../src/client/route-types.ts";
import type { CataloguePage } from "../../src/contract/artifact/catalogue.ts";
import { getHealth } from "../../src/contract/http/registry.ts";
import { registerTemplates, templateRoutes } from "../../src/contract/http/templates.ts";
import { problemOf, serveAnswers } from "./serve-answers.ts";

const page = { items: [], next_cursor: null };
const change = { kind: "template", name: "abc", seq: 7, changed: true, version: null, tags: {} };
const unavailable = { status: 503, headers: { "retry-after": "0" }, body: problemOf("UNAVAILABLE", 503) };

async function failureOf(work: Promise<unknown>): Promise<CallFailure> {
  const error = await work.catch((thrown: unknown) => thrown);
  if (error instanceof CallFailure) return error;
  throw new Error(`expected a CallFailure, got ${String(error)}`);
}

describe("a request", () => {
  test("is what its route says, with token and user agent", async () => {
    const { url, seen } = await serveAnswers({ body: page });
    const client = createClient({ url: `${url}/`, token: "secret", userAgent: "test/1" });
    await client.call(templateRoutes.list, { query: { q: "up scale", gpu: "true" } });
    expect(seen[0]).toMatchObject({ method: "GET", url: "/v1/templates?q=up+scale&gpu=true" });
    expect(seen[0]?.headers).toMatchObject({ authorization: "Bearer secret", "user-agent": "test/1" });
  });

  test("carries a document as it is, in its media type", async () => {
    const { url, seen } = await serveAnswers({ body: { dry_run: true, seq: null, results: [] } });
    await createClient({ url }).call(registerTemplates, { query: { dry_run: "true" }, body: "a: 1\n" });
    expect(seen[0]).toMatchObject({ method: "POST", url: "/v1/templates:batch?dry_run=true", body: "a: 1\n" });
    expect(seen[0]?.headers["content-type"]).toBe("application/yaml");
  });

  test("that does not fit its route is refused without being sent", async () => {
    const { url, seen } = await serveAnswers({ body: change });
    const client = createClient({ url });
    const failure = await failureOf(
      client.call(templateRoutes.tags.put, { params: { name: "A", tag: "x" }, body: { version: "1" } }),
    );
    expect(failure.reason).toMatchObject({ kind: "malformed", where: "params", path: "name" });
    const body = await failureOf(
      client.call(templateRoutes.tags.put, { params: { name: "abc", tag: "s" }, body: { version: "1" } }),
    );
    expect(body.message).toBe(
      'putTemplateTag: version: a version is MAJOR.MINOR.PATCH: digits only, no leading zeros, like 1.4.0; found "1"',
    );
    const dots = await failureOf(client.call(templateRoutes.get, { params: { reference: ".." } }));
    expect(dots.reason.kind).toBe("malformed");
    expect(seen).toHaveLength(0);
  });
});

describe("a client", () => {
  test("reads its own write: reads ask for the highest seq that its writes were answered", async () => {
    const { url, seen } = await serveAnswers(
      { body: page },
      { body: change, headers: { "callsheet-seq": "7" } },
      { body: change, headers: { "callsheet-seq": "5" } },
      { body: page, headers: { "callsheet-seq": "90" } },
      { body: page },
    );
    const client = createClient({ url });
    const params = { name: "abc", tag: "stable" };
    await client.call(templateRoutes.list);
    await client.call(templateRoutes.tags.put, { params, body: { version: "1.0.0" } });
    await client.call(templateRoutes.tags.put, { params, body: { version: "1.0.0" } });
    await client.call(templateRoutes.list);
    await client.call(templateRoutes.list);
    expect(seen.map(({ headers }) => headers["callsheet-min-seq"])).toEqual([
      undefined,
      undefined,
      undefined,
      "7",
      "7",
    ]);
    expect(client.seq).toBe(7);
  });

  test("asks the same of a read that is a POST", async () => {
    const { url, seen } = await serveAnswers({ status: 404, body: problemOf("NAME_NOT_FOUND", 404) });
    const request = { params: { reference: "abc" }, body: { inputs: {} } };
    await failureOf(createClient({ url, minSeq: 4 }).call(templateRoutes.validate, request));
    expect(seen[0]).toMatchObject({ method: "POST", headers: { "callsheet-min-seq": "4" } });
  });

  test("tries an idempotent call again when the registry is not ready, as long as it says", async () => {
    const { url, seen } = await serveAnswers(unavailable, unavailable, { body: page });
    await expect(createClient({ url }).call(templateRoutes.list)).resolves.toEqual(page);
    expect(seen).toHaveLength(3);
  });

  test("gives up after three tries, with the registry's problem", async () => {
    const { url, seen } = await serveAnswers(unavailable);
    const failure = await failureOf(createClient({ url }).call(templateRoutes.list));
    expect(failure.problem?.code).toBe("UNAVAILABLE");
    expect(failure.status).toBe(503);
    expect(seen).toHaveLength(3);
  });

  test("does not repeat a POST unless the caller says that it may be repeated", async () => {
    const { url, seen } = await serveAnswers(unavailable);
    const params = { name: "abc", version: "1.0.0" };
    await failureOf(createClient({ url }).call(templateRoutes.versions.deprecate, { params }));
    expect(seen).toHaveLength(1);
    await failureOf(createClient({ url }).call(templateRoutes.versions.deprecate, { params, isIdempotent: true }));
    expect(seen).toHaveLength(4);
  });

  test("does not wait longer than a caller should", async () => {
    const { url, seen } = await serveAnswers({ ...unavailable, headers: { "retry-after": "3600" } });
    const failure = await failureOf(createClient({ url }).call(templateRoutes.list));
    expect(failure.reason).toMatchObject({ kind: "refused", retryAfterSeconds: 3600 });
    expect(seen).toHaveLength(1);
  });
});

describe("a failure", () => {
  test("carries the problem that the registry tells", async () => {
    const body = problemOf("NAME_NOT_FOUND", 404, "no template is published under the name abc");
    const { url, seen } = await serveAnswers({ status: 404, body });
    const failure = await failureOf(createClient({ url }).call(templateRoutes.get, { params: { reference: "abc" } }));
    expect(failure.message).toBe("no template is published under the name abc");
    expect(failure.problem).toEqual(body);
    expect(seen).toHaveLength(1);
  });

  test("to connect names the URL and what to do", async () => {
    const failure = await failureOf(createClient({ url: "http://127.0.0.1:9" }).call(getHealth));
    expect(failure.reason.kind).toBe("unreachable");
    expect(failure.message).toMatch(/127\.0\.0\.1:9/);
  });

  test("by a closed port asks whether the registry runs", async () => {
    const { url } = await closedPort();
    const failure = await failureOf(createClient({ url }).call(getHealth));
    expect(failure.message).toBe(`no registry answers at ${url}; is \`npm start\` running?`);
  });

  test("to answer in time says how long was waited", async () => {
    const { url } = await serveAnswers({ body: page, delayMs: 2000 });
    const failure = await failureOf(createClient({ url, timeoutMs: 50 }).call(templateRoutes.list));
    expect(failure.reason).toEqual({ kind: "timed_out", timeoutMs: 50 });
  });

  test.each([
    ["a page of something else", { body: "<html>hello</html>" }],
    ["JSON of another shape", { body: { items: [{}], next_cursor: null } }],
    ["an error without problem details", { status: 502, body: "Bad gateway" }],
  ])("by %s asks whether it is a registry", async (_, answer) => {
    const { url } = await serveAnswers(answer);
    const failure = await failureOf(createClient({ url }).call(templateRoutes.list));
    expect(failure.reason.kind).toBe("unreadable");
    expect(failure.message).toContain("is it a Callsheet registry");
  });

  test("is what the caller aborted with, when the caller did, also between tries", async () => {
    const { url } = await serveAnswers({ ...unavailable, headers: { "retry-after": "5" } });
    const stop = new AbortController();
    const call = createClient({ url }).call(templateRoutes.list, { signal: stop.signal });
    setTimeout(() => stop.abort(new Error("enough")), 100);
    await expect(call).rejects.toThrow("enough");
  });
});

test("calls are typed by their routes", () => {
  expectTypeOf<AnswerOf<typeof templateRoutes.list>>().toEqualTypeOf<CataloguePage>();
  expectTypeOf<RequestOf<typeof templateRoutes.tags.put>["params"]>().toEqualTypeOf<{ name: string; tag: string }>();
  expectTypeOf<RequestOf<typeof templateRoutes.list>["query"]>().exclude<undefined>().toHaveProperty("gpu");
});

async function closedPort(): Promise<{ url: string }> {
  const { createServer } = await import("node:http");
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return { url: `http://127.0.0.1:${typeof address === "object" ? address?.port : 0}` };
}
