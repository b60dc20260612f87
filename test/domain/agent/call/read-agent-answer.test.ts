import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { HttpAnswer } from "../../../../src/domain/agent/call/failure-of-status.ts";
import { retryAfterOf } from "../../../../src/domain/agent/call/failure-of-status.ts";
import { readAgentAnswer } from "../../../../src/domain/agent/call/read-agent-answer.ts";
import { failureClassOf } from "../../../../src/domain/run/failure-rules.ts";

const asked = { who: "agent a@1.0.0", skill: "work", key: "k", nowMs: Date.parse("2026-01-01T00:00:00Z") };

/** An answer that would be read, unless `body` or `more` say otherwise. */
function read(body: unknown, more: Partial<HttpAnswer> = {}) {
  const envelope = typeof body === "string" ? body : JSON.stringify({ jsonrpc: "2.0", id: "k", ...Object(body) });
  return readAgentAnswer(asked, {
    status: 200,
    mediaType: "application/json",
    retryAfter: null,
    text: envelope,
    ...more,
  });
}

describe("the answer of an agent", () => {
  test.each([{ a: 1 }, [1], "text", 0, null])("is its result: %j", (result) => {
    expect(read({ result })).toEqual({ ok: true, result });
  });

  test("may say null for the error that there is not, and the other way round", () => {
    expect(read({ result: 1, error: null })).toEqual({ ok: true, result: 1 });
    expect(read({ result: null, error: { code: 1, message: "no" } })).toMatchObject({ failure: { class: "unknown" } });
  });

  test.each<[string, unknown, Partial<HttpAnswer>, string]>([
    ["garbage", "{]", {}, "it is no JSON"],
    ["nothing", "", {}, "it is no JSON"],
    ["no UTF-8", {}, { text: null }, "its bytes are no UTF-8"],
    ["a page", "<html>", { mediaType: "text/html" }, 'it is "text/html", not application/json'],
    ["no type", {}, { mediaType: null }, "it is of a type that is not told"],
    ["a list", "[]", {}, "it is a list"],
    [
      "another version",
      { jsonrpc: "1.0", result: 1 },
      {},
      'it is no answer of JSON-RPC 2.0: that has "jsonrpc": "2.0" and an id',
    ],
    ["no id", '{"jsonrpc":"2.0","result":1}', {}, "it is no answer of JSON-RPC 2.0"],
    ["another id", { id: "other", result: 1 }, {}, 'it answers the request "other", not ours'],
    ["a result without an id", { id: null, result: 1 }, {}, "not ours"],
    ["both", { result: 1, error: { code: 1, message: "" } }, {}, "it has both a result and an error"],
    ["neither", {}, {}, "it has neither a result nor an error"],
    ["an error without a code", { error: { message: "x" } }, {}, "its error has no code and message"],
    [
      "too deep",
      `{"jsonrpc":"2.0","id":"k","result":${"[".repeat(100)}${"]".repeat(100)}}`,
      {},
      "it is nested deeper than 32 levels",
    ],
    [
      "half a character",
      '{"jsonrpc":"2.0","id":"k","result":{"a":"\\ud800"}}',
      {},
      "at /a, it holds half of a surrogate pair",
    ],
    [
      "a number without end",
      '{"jsonrpc":"2.0","id":"k","result":[1e999]}',
      {},
      "at /0, it holds a number that is too large",
    ],
  ])("that is %s cannot be read", (_, body, more, why) => {
    const answer = read(body, more);
    expect(answer).toMatchObject({
      ok: false,
      isAnswered: true,
      failure: { class: "validation", code: "invalid_outputs" },
    });
    expect(answer.ok ? "" : answer.failure.message).toContain(why);
  });

  test.each<[number, object, number, string, string]>([
    [-32602, {}, 200, "validation", "invalid_inputs"],
    [-32601, {}, 200, "permanent", "agent_error"],
    [-32600, {}, 400, "permanent", "agent_error"],
    [-32603, {}, 200, "unknown", "agent_error"],
    [-32603, {}, 500, "unknown", "agent_error"],
    [-32000, { retryable: true }, 500, "transient", "agent_error"],
    [-32000, { retryable: false }, 503, "permanent", "agent_error"],
    [-32000, {}, 503, "transient", "agent_error"],
    [7, { retryable: "yes" }, 200, "unknown", "agent_error"],
  ])("that is error %i with %j at status %i is %s %s", (code, data, status, failureClass, failureCode) => {
    expect(read({ error: { code, message: "it broke", data } }, { status })).toMatchObject({
      isAnswered: true,
      failure: {
        class: failureClass,
        code: failureCode,
        message: `agent a@1.0.0 answered that work failed: it broke (code ${code})`,
      },
    });
  });

  test("tells what the agent says beside its message", () => {
    expect(read({ error: { code: 1, message: "x", data: "line\n\u001b[31mred" } })).toMatchObject({
      failure: { detail: "line\n\ufffd[31mred" },
    });
  });

  test.each([
    [408, "transient", false],
    [425, "transient", false],
    [429, "transient", false],
    [500, "transient", false],
    [503, "transient", false],
    [501, "permanent", true],
    [302, "permanent", true],
    [401, "permanent", true],
    [404, "permanent", true],
  ])("that is status %i is %s; answered: %s", (status, failureClass, isAnswered) => {
    const code = failureClass === "transient" ? "agent_unreachable" : "agent_error";
    expect(read("oh", { status, mediaType: "text/plain" })).toMatchObject({
      isAnswered,
      failure: { class: failureClass, code, detail: "oh" },
    });
  });

  test("says when to come again", () => {
    expect(read("", { status: 429, retryAfter: "7" })).toMatchObject({ retryAfterMs: 7000 });
    expect(read({ error: { code: 1, message: "" } }, { status: 503, retryAfter: "7" })).toMatchObject({
      retryAfterMs: 7000,
    });
    expect(retryAfterOf("Thu, 01 Jan 2026 00:01:00 GMT", asked.nowMs)).toBe(60_000);
    expect(retryAfterOf("Thu, 01 Jan 2025 00:01:00 GMT", asked.nowMs)).toBe(0);
    expect(retryAfterOf("999999999999", asked.nowMs)).toBe(24 * 3600 * 1000);
    for (const odd of ["soon", "", "-1", "1e3"]) expect(retryAfterOf(odd, asked.nowMs) ?? 0).toBeGreaterThanOrEqual(0);
  });

  test("is read, whatever it is, and has a failure that the rules of failures know", () => {
    const json = fc.jsonValue({ maxDepth: 5 });
    const envelope = fc.record(
      {
        jsonrpc: fc.constantFrom<unknown>("2.0", "1.0", 2),
        id: fc.constantFrom<unknown>("k", "j", 1, null),
        result: json,
        error: fc.oneof(
          json,
          fc.record({ code: fc.oneof(fc.integer(), json), message: fc.string(), data: json }, { requiredKeys: [] }),
        ),
      },
      { requiredKeys: [] },
    );
    const text = fc.oneof(
      fc.string({ unit: "binary" }),
      json.map((value) => JSON.stringify(value)),
      envelope.map((value) => JSON.stringify(value)),
      fc
        .integer({ min: 1, max: 5000 })
        .map((depth) => `{"jsonrpc":"2.0","id":"k","error":${"[".repeat(depth)}${"]".repeat(depth)}}`),
    );
    const answer = fc.record({
      status: fc.integer({ min: 200, max: 599 }),
      mediaType: fc.constantFrom("application/json", "application/problem+json", "text/html", null),
      retryAfter: fc.option(fc.string()),
      text: fc.option(text),
    });
    fc.assert(
      fc.property(answer, (given) => {
        const found = readAgentAnswer(asked, given);
        if (found.ok) return;
        const { failure } = found;
        expect(failure.message.length).toBeLessThanOrEqual(2000);
        expect(failureClassOf(failure.code, failure.class)).toBe(failure.class);
      }),
      { numRuns: 3000 },
    );
  });
});
