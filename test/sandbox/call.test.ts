import { env } from "cloudflare:test";
import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { callCode, failureBy, returnedBy } from "./a-call.ts";

describe("what a function returns", () => {
  it("is told as it is", async () => {
    const code = "export function f({ a }) { return { sum: a + 1, list: [a, null, true], text: 'ä' } }";
    expect(await returnedBy(code, { a: 41 })).toEqual({ sum: 42, list: [41, null, true], text: "ä" });
  });

  it("may be promised", async () => {
    const code = "export const f = async () => { await new Promise((done) => setTimeout(done, 5)); return 'late'; };";
    expect(await returnedBy(code)).toBe("late");
  });

  it("is null when it is nothing", async () => {
    expect(await returnedBy("export function f() {}")).toBeNull();
  });

  it("has a Date as its text, and leaves members out that are undefined", async () => {
    expect(await returnedBy("export const f = () => ({ at: new Date(0), not: undefined })")).toEqual({
      at: "1970-01-01T00:00:00.000Z",
    });
  });

  test.for([
    ["{ a: [1, NaN] }", "has at /a/1 the number NaN"],
    ["-Infinity", "is the number -Infinity"],
    ["{ big: 1n }", "has at /big a bigint"],
    ["{ call() {} }", "has at /call a function"],
    ["[undefined]", "has at /0 undefined"],
    ["[,1]", "has at /0 undefined"],
    ["Symbol('s')", "is a symbol"],
    ["{ m: new Map() }", "has at /m a Map"],
    ["new Set([1])", "is a Set"],
    ["{ bytes: new Uint8Array(3) }", "has at /bytes a Uint8Array"],
    ["(() => { const a = {}; a.a = a; return a; })()", "nested deeper than 32 levels, or in itself"],
    ["{ half: '\\ud800' }", "half of a surrogate pair"],
    ["JSON.parse('{\"__proto__\": 1}')", 'an object with the key "__proto__"'],
  ])("is refused where it is no JSON: %s", async ([expression, told]) => {
    const failure = await failureBy(`export const f = () => (${expression});`);
    expect(failure.code).toBe("not_json");
    expect(failure.message).toContain(told);
  });

  it("may be as large as the limit, to the byte", async () => {
    const code = "export const f = ({ n }) => 'ä'.repeat(n)";
    // Two bytes each, and the quotes.
    expect(await callCode(code, { inputs: { n: 500 }, output_bytes: 1002 })).toMatchObject({ state: "returned" });
    expect(await failureBy(code, { inputs: { n: 500 }, output_bytes: 1001 })).toMatchObject({
      code: "output_too_large",
      message: "what it returned takes more than 1001 bytes of JSON",
    });
  });

  it("is any JSON value that it was given", async () => {
    const code = "export const f = ({ value }) => value";
    await fc.assert(
      fc.asyncProperty(fc.jsonValue({ maxDepth: 5, noUnicodeString: false }), async (value) => {
        const sent = JSON.parse(JSON.stringify(value));
        fc.pre(!/__proto__/.test(JSON.stringify(sent)) && JSON.stringify(sent).isWellFormed());
        expect(await returnedBy(code, { value: sent })).toEqual(sent);
      }),
      { numRuns: 30 },
    );
  });
});

describe("a function that fails", () => {
  it("is told by its error and the frames of its own source", async () => {
    const code = "export function f() {\n  inner();\n}\nfunction inner() {\n  throw new TypeError('bad');\n}\n";
    expect(await failureBy(code)).toMatchObject({
      code: "threw",
      message: "TypeError: bad",
      stack: expect.stringMatching(/^at inner \(function\.js:5:9\)\nat (Module\.)?f \(function\.js:2:3\)$/),
    });
  });

  test.for([
    ["throw 'text'", 'it threw "text", which is no Error'],
    ["throw null", "it threw null, which is no Error"],
    ["throw { a: 1 }", 'it threw {"a":1}, which is no Error'],
    ["throw new Proxy({}, { get() { throw 1; } })", "it threw a value that cannot be looked at"],
    ["throw { get message() { throw new Error('again'); } }", "it threw a value that cannot be looked at"],
    ["Error.prepareStackTrace = () => ({}); throw new Error('odd stack')", "Error: odd stack"],
    ["return { get a() { throw new RangeError('in a getter'); } }", "RangeError: in a getter"],
    ["return { toJSON() { throw new Error('in toJSON'); } }", "Error: in toJSON"],
    ["const g = (n) => g(n + 1) + 1; return g(0)", "RangeError: Maximum call stack size exceeded"],
    ["return 'x'.repeat(2 ** 30)", "RangeError: Invalid string length"],
  ])("may throw anything: %s", async ([body, message]) => {
    expect(await failureBy(`export function f() { ${body} }`)).toMatchObject({ code: "threw", message });
  });

  test.for([
    ["export function f() {\n  let = 3;\n}", /^SyntaxError: /, "function.js:2:"],
    ["throw new Error('while it is read'); export function f() {}", /^Error: while it is read$/, "function.js:1:7"],
    ["export function g() {}", /^it exports no function f$/, ""],
    ["export const f = 3;", /^it exports no function f$/, ""],
    ["import x from './other.js'; export const f = () => x", /No such module/, ""],
  ] as const)("may not even load: %s", async ([code, message, stack]) => {
    const failure = await failureBy(code);
    expect(failure.code).toBe("load_failed");
    expect(failure.message).toMatch(message);
    expect(failure.stack ?? "").toContain(stack);
  });

  test.for([
    ["return new Promise(() => {})", 5000, "it waits for something that can never happen"],
    ["setInterval(() => {}, 5); return new Promise(() => {})", 50, "it had not returned after 50 ms"],
  ] as const)("may never return: %s", async ([body, wallMs, message]) => {
    expect(await failureBy(`export function f() { ${body} }`, { wall_ms: wallMs })).toMatchObject({
      code: "wall_timeout",
      message,
    });
  });

  test.for([
    ["process.exit(0)", "crashed"],
    ["const { abortIsolate } = await import('cloudflare:workers'); abortIsolate()", "wall_timeout"],
  ])("may end its own isolate, and meets nobody by that: %s", async ([body, code]) => {
    expect(await failureBy(`export async function f() { ${body} }`)).toMatchObject({ code });
    expect(await returnedBy("export const f = () => 'here'")).toBe("here");
  });
});

describe("what a function logs", () => {
  it("is kept, as text", async () => {
    const code =
      "export function f({ a }) { console.log('a is', a, { b: [1] }); console.error(new Error('no').message); }";
    expect(await callCode(code, { inputs: { a: 1 } })).toMatchObject({ log: ['a is 1 {"b":[1]}', "no"] });
  });

  it("is kept of a function that throws", async () => {
    expect(await failureBy("export function f() { console.log('before'); throw 1; }")).toMatchObject({
      log: ["before"],
    });
  });

  it("has its limits", async () => {
    const code = "export function f() { console.log('x'.repeat(5000)); for (let n = 0; n < 500; n++) console.log(n); }";
    const { log } = await callCode(code);
    expect(log).toHaveLength(limits.edgeLogLines + 1);
    expect(log[0]).toHaveLength(limits.edgeLogLineLength);
    expect(log.at(-1)).toBe("the log ends here: a call keeps 100 lines");
  });
});

test("the sandbox refuses what is no call, and has no other address", async () => {
  const ask = (path: string, init?: RequestInit) => env.SANDBOX.fetch(`http://sandbox${path}`, init);
  expect((await ask("/call", { method: "POST", body: "{}" })).status).toBe(400);
  expect((await ask("/call", { method: "POST", body: "no json" })).status).toBe(400);
  expect((await ask("/call")).status).toBe(404);
  expect((await ask("/healthz")).status).toBe(200);
});
