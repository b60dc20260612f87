import { expect, test } from "vitest";
import type { EdgeOutcome } from "../../src/contract/function/edge-call.ts";
import { edgeCalls } from "./support/edge-calls.ts";

/** EDGE_ISOLATION=caller: cheaper, and what one caller's calls of one function leave behind is that caller's own. */
const sandbox = edgeCalls("caller");
const counting =
  "let calls = 0; export const f = ({ fail }) => { if (fail) throw 1; console.log(calls); return ++calls; };";

function told(outcome: EdgeOutcome): unknown {
  return outcome.state === "returned" ? outcome.value : outcome.code;
}

test("an isolate serves the calls that one caller makes of one function, one after the other", async () => {
  const ask = async (caller: string, code = counting) => told(await sandbox.call(code, { caller }));
  expect([await ask("anna"), await ask("anna"), await ask("anna")]).toEqual([1, 2, 3]);
  expect([await ask("ben"), await ask("ben")]).toEqual([1, 2]);
  expect(await ask("anna", `${counting}//`)).toBe(1);
  expect(await ask("anna")).toBe(4);
});

test("the log of a call holds what that call wrote", async () => {
  for (const logged of ["0", "1", "2"]) {
    expect(await sandbox.call(counting, { caller: "clara" })).toMatchObject({ log: [logged] });
  }
});

test("calls at the same time never share an isolate", async () => {
  const waiting =
    "let busy = false; export async function f() { const met = busy; busy = true; await new Promise((done) => setTimeout(done, 20)); busy = false; return met; }";
  const outcomes = await Promise.all(Array.from({ length: 12 }, () => sandbox.call(waiting, { caller: "dora" })));
  expect(outcomes.map(told)).toEqual(outcomes.map(() => false));
});

test("an isolate in which a call failed is not used again", async () => {
  const ask = async (inputs: Record<string, unknown> = {}) =>
    told(await sandbox.call(counting, { caller: "emil", inputs }));
  expect([await ask(), await ask(), await ask({ fail: true }), await ask()]).toEqual([1, 2, "threw", 1]);
});
