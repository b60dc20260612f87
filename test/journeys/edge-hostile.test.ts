import { describe, expect, test } from "vitest";
import type { EdgeOutcome } from "../../src/contract/function/edge-call.ts";
import { edgeCalls } from "./support/edge-calls.ts";

/*
 * What production's isolates do by themselves, and workerd does not: an endless loop or too much memory ends the process of all isolates. Here the
 * sandbox's own processes see to it; every case runs for real, while others call functions.
 */
const sandbox = edgeCalls();
const sound = "export async function f({ a }) { await new Promise((done) => setTimeout(done, 5)); return a + 1; }";

/** Calls of others that are made while a hostile one runs, some at the same moment, some after. */
async function others(): Promise<unknown[]> {
  const early = [1, 2, 3].map((a) => sandbox.call(sound, { inputs: { a }, caller: `other ${a}` }));
  await new Promise((done) => setTimeout(done, 200));
  const late = [4, 5].map((a) => sandbox.call(sound, { inputs: { a }, caller: `other ${a}` }));
  const outcomes = await Promise.all([...early, ...late]);
  return outcomes.map((outcome) => (outcome.state === "returned" ? outcome.value : outcome));
}

async function hostile(code: string) {
  const ours = sandbox.call(code);
  expect(await others()).toEqual([2, 3, 4, 5, 6]);
  return ours;
}

describe("a function that never comes to an end uses up its own time only", () => {
  test.for([
    ["a loop", "export function f() { for (;;); }"],
    ["a loop while its module is read", "for (;;); export function f() {}"],
    ["a loop of microtasks", "export async function f() { for (;;) await null; }"],
    ["a regular expression", "export const f = () => /^(a+)+$/.test('a'.repeat(40) + 'b');"],
    ["a getter in what it returns", "export const f = () => ({ get a() { for (;;); } });"],
    ["a getter in what it throws", "export const f = () => { throw { get message() { for (;;); } }; };"],
    ["a Proxy that it returns", "export const f = () => new Proxy({}, { ownKeys() { for (;;); } });"],
  ])("%s", async ([, code = ""]) => {
    expect(await hostile(code)).toMatchObject({
      state: "failed",
      code: "cpu_limit",
      message: "it used more than 1000 ms of CPU time",
    });
  });

  test("a loop that begins after its answer keeps nobody else from theirs", async () => {
    const code = "export function f() { setTimeout(() => { for (;;); }, 0); return 'answered'; }";
    for (let call = 0; call < 3; call++) expect(await hostile(code)).toMatchObject({ value: "answered" });
  });
});

describe("a function that takes all the memory it can get gets no more than an isolate has", () => {
  test.for([
    ["lists", "export function f() { const all = []; for (;;) all.push({ n: all.length }); }"],
    ["texts", "export function f() { const all = []; for (;;) all.push('x'.repeat(1e6) + all.length); }"],
    ["buffers", "export function f() { const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1)); }"],
    ["one large buffer", "export function f() { return new Uint8Array(2 ** 32).fill(1).length; }"],
    [
      "buffers, little by little",
      "export async function f() { const all = []; for (;;) { all.push(new Uint8Array(2e6).fill(1)); await new Promise((done) => setTimeout(done, 1)); } }",
    ],
  ])("%s", async ([, code = ""]) => {
    expect(await hostile(code)).toMatchObject({ state: "failed", code: "out_of_memory" });
  });

  test("a text that doubles is refused by the language itself", async () => {
    const code = "export function f() { let text = 'x'; for (;;) text += text; }";
    expect(await hostile(code)).toMatchObject({ code: "threw", message: "RangeError: Invalid string length" });
  });

  test("what it returns may be as large as an answer", async () => {
    const large = "export const f = () => 'x'.repeat(1024 * 1024 - 2);";
    expect(await hostile(large)).toMatchObject({ state: "returned" });
    expect(await hostile(large.replace("- 2", "- 1"))).toMatchObject({ code: "output_too_large" });
    const many = "export const f = () => Array.from({ length: 3e6 }, (_, n) => n);";
    expect(await hostile(many)).toMatchObject({ code: "output_too_large" });
  });
});

test("a storm of calls, some of them hostile, is answered rightly one and all", async () => {
  const loop = "export function f() { for (;;); }";
  const bomb = "export function f() { const all = []; for (;;) all.push(new Uint8Array(1e7).fill(1)); }";
  const calls = Array.from({ length: 60 }, async (_, at) => {
    await new Promise((done) => setTimeout(done, at * 10));
    if (at % 20 === 7) return [codeOf(await sandbox.call(`${loop}//${at}`)), "cpu_limit"];
    if (at % 20 === 13) return [codeOf(await sandbox.call(`${bomb}//${at}`)), "out_of_memory"];
    const outcome = await sandbox.call(sound, { inputs: { a: at }, caller: `caller ${at % 5}` });
    return [outcome.state === "returned" ? outcome.value : outcome.code, at + 1];
  });
  for (const [found, expected] of await Promise.all(calls)) expect(found).toBe(expected);
});

function codeOf(outcome: EdgeOutcome): string {
  return outcome.state === "failed" ? outcome.code : outcome.state;
}
