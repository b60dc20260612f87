import { describe, expect, it, test } from "vitest";
import { callCode, returnedBy } from "./a-call.ts";

describe("nothing is left of a call", () => {
  const leaving = `
    let calls = 0;
    export async function f({ secret }) {
      const fs = await import("node:fs");
      const found = [++calls, globalThis.left ?? null, Array.prototype.left ?? null, fs.existsSync("/tmp/left")];
      globalThis.left = secret;
      Array.prototype.left = secret;
      fs.writeFileSync("/tmp/left", secret);
      setInterval(() => { calls += 1000; }, 1);
      return found;
    }`;
  const untouched = [1, null, null, false];

  it("for the next call of the same caller, or of another", async () => {
    for (let call = 0; call < 10; call++) {
      const given = { inputs: { secret: `secret ${call}` }, caller: call % 2 === 0 ? "anna" : "ben" };
      expect(await callCode(leaving, given)).toMatchObject({ value: untouched });
    }
  });

  it("for calls at the same time", async () => {
    const calls = Array.from({ length: 20 }, (_, at) => returnedBy(leaving, { secret: `secret ${at}` }));
    expect(await Promise.all(calls)).toEqual(calls.map(() => untouched));
  });

  it("for another function of the same source", async () => {
    const code = "globalThis.n ??= 0; export const f = () => ++globalThis.n; export const g = () => ++globalThis.n;";
    expect(await callCode(code, { entry: "f" })).toMatchObject({ value: 1 });
    expect(await callCode(code, { entry: "g" })).toMatchObject({ value: 1 });
  });
});

describe("a function that changes the language's own objects", () => {
  it("is answered, and nobody else notices", async () => {
    const polluting = `
      Object.prototype.polluted = "yes";
      Array.prototype.push = Array.prototype.map = () => { throw new Error("mine"); };
      String.prototype.slice = null;
      JSON.stringify = () => "mine";
      JSON.parse = () => "mine";
      Object.keys = () => ["mine"];
      export function f(inputs) { console.log("log", inputs); return { inputs, list: [1, { two: 2 }] }; }`;
    expect(await callCode(polluting, { inputs: { a: 1 } })).toMatchObject({
      value: { inputs: { a: 1 }, list: [1, { two: 2 }] },
      log: ['log {"a":1}'],
    });
    expect(await returnedBy("export const f = () => [({}).polluted ?? 'clean', [1].map((x) => x + 1)]")).toEqual([
      "clean",
      [2],
    ]);
  });

  it("cannot change what serves its calls", async () => {
    const patching = `
      export async function f() {
        const { default: harness } = await import("./main.js");
        const tried = [];
        for (const change of [
          () => { harness.prototype.call = () => "mine"; },
          () => { Object.defineProperty(harness.prototype, "call", { value: () => "mine" }); },
          () => { Object.setPrototypeOf(harness.prototype, { call: () => "mine" }); },
        ]) {
          try { change(); tried.push("changed"); } catch { tried.push("refused"); }
        }
        return tried;
      }`;
    for (let call = 0; call < 3; call++) expect(await returnedBy(patching)).toEqual(["refused", "refused", "refused"]);
  });

  it("cannot be called again by itself", async () => {
    const code = `
      import { exports } from "cloudflare:workers";
      export const f = async () => (await exports.default.call("f", "{}", 1000, false)).state;`;
    expect(await returnedBy(code)).toBe("used");
  });
});

test.for([
  ["fetch", "await fetch('http://example.com')"],
  [
    "WebSocket",
    "await new Promise((done, no) => { const w = new WebSocket('ws://example.com'); w.onopen = done; w.onerror = (e) => no(e); })",
  ],
  ["sockets", "const { connect } = await import('cloudflare:sockets'); await connect('1.1.1.1:80').opened"],
  [
    "node:http",
    "const h = await import('node:http'); await new Promise((done, no) => h.get('http://example.com', done).on('error', no))",
  ],
  [
    "node:net",
    "const n = await import('node:net'); await new Promise((done, no) => n.connect(80, '1.1.1.1', done).on('error', no))",
  ],
  [
    "the cache",
    "await caches.default.put('http://a/b', new Response('x', { headers: { 'cache-control': 'max-age=100' } }))",
  ],
  ["eval", "eval('1')"],
  ["Function", "new Function('return 1')()"],
  ["WebAssembly", "new WebAssembly.Module(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]))"],
  ["child processes", "(await import('node:child_process')).execSync('id')"],
  ["threads", "new (await import('node:worker_threads')).Worker('1')"],
  ["another process", "process.kill(1)"],
  ["waiting without end", "Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)"],
])("a function has no %s", async ([, body]) => {
  const code = `export async function f() { try { ${body}; } catch (error) { return 'refused'; } return 'done'; }`;
  expect(await returnedBy(code)).toBe("refused");
});

test("a function sees no bindings, no environment and no files but its own", async () => {
  const code = `
    import { env } from "cloudflare:workers";
    import { readdirSync } from "node:fs";
    export const f = () => ({ env, process: process.env, argv: process.argv, bundle: readdirSync("/bundle"), root: readdirSync("/") });`;
  expect(await returnedBy(code)).toEqual({
    env: {},
    process: {},
    argv: ["workerd"],
    bundle: ["main.js", "guard.js", "limits.js", "function.js"],
    root: ["bundle", "tmp", "dev"],
  });
});
