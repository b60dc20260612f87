import { env } from "cloudflare:test";
import { beforeAll, expect, it } from "vitest";
import { limits } from "../../src/contract/limits.ts";
import { run } from "../../src/contract/run/run.ts";
import { aDocument, ask, publish, refusalOf } from "./a-registry.ts";
import { aRun, askRun, cancelRun, plainInputs, runOf } from "./a-run.ts";

const fox = { inputs: { prompt: "a fox" } };
let keys = 0;

function aKey(): { "Idempotency-Key": string } {
  keys += 1;
  return { "Idempotency-Key": `key-${keys}` };
}

async function countRuns(): Promise<number> {
  return (await env.DB.prepare("SELECT COUNT(*) AS runs FROM run").first<{ runs: number }>())?.runs ?? 0;
}

beforeAll(async () => {
  await publish(aDocument("painter", { inputs: plainInputs }));
});

it("answers a repetition with the run that the first one made, and says so", async () => {
  const key = aKey();
  const first = await askRun("painter", fox, key);
  expect(first.headers.get("idempotent-replayed")).toBeNull();
  const made = await runOf(first, 202);
  const before = await countRuns();
  const again = await askRun("painter", fox, key);
  expect(again.headers.get("idempotent-replayed")).toBe("true");
  expect(again.headers.get("location")).toBe(`/v1/runs/${made.id}`);
  expect((await runOf(again, 200)).id).toBe(made.id);
  expect(await countRuns()).toBe(before);
});

it("answers the run as it is now", async () => {
  const key = aKey();
  const made = await aRun("painter", fox, key);
  await cancelRun(made.id);
  const again = await runOf(await askRun("painter", fox, key), 200);
  expect(again).toMatchObject({ id: made.id, state: "cancelled" });
});

it("takes the order of keys for no difference", async () => {
  const key = aKey();
  const made = await aRun("painter", { inputs: { prompt: "a fox", steps: 3 }, priority: 2 }, key);
  const again = await askRun("painter", { priority: 2, inputs: { steps: 3, prompt: "a fox" } }, key);
  expect((await runOf(again, 200)).id).toBe(made.id);
});

it("refuses the key for another request, and names the run that it made", async () => {
  const key = aKey();
  const made = await aRun("painter", fox, key);
  for (const [reference, body] of [
    ["painter", { inputs: { prompt: "a hare" } }],
    ["painter", { ...fox, priority: 1 }],
    ["painter@1.0.0", fox],
  ] as const) {
    const told = await refusalOf(await askRun(reference, body, key), 409);
    expect(told.code).toBe("IDEMPOTENCY_CONFLICT");
    expect(told.detail).toContain(made.id);
  }
});

it("makes one run of twenty simultaneous requests", async () => {
  const key = aKey();
  const before = await countRuns();
  const answers = await Promise.all(Array.from({ length: 20 }, () => askRun("painter", fox, key)));
  const statuses = answers.map((answer) => answer.status);
  const ids = await Promise.all(answers.map(async (answer) => run.parse(await answer.json()).id));
  expect(new Set(ids).size).toBe(1);
  expect(statuses.filter((status) => status === 202)).toHaveLength(1);
  expect(statuses.filter((status) => status === 200)).toHaveLength(19);
  expect(await countRuns()).toBe(before + 1);
});

it("lets one of two simultaneous requests with different content win, and refuses the other", async () => {
  const key = aKey();
  const answers = await Promise.all([
    askRun("painter", { inputs: { prompt: "one" } }, key),
    askRun("painter", { inputs: { prompt: "two" } }, key),
  ]);
  expect(answers.map((answer) => answer.status).sort()).toEqual([202, 409]);
  await Promise.all(answers.map((answer) => answer.body?.cancel()));
});

it("keeps no key of a refused request", async () => {
  const key = aKey();
  await refusalOf(await askRun("painter", { inputs: {} }, key), 422);
  await aRun("painter", fox, key);
});

it("takes a key in quotes for the same key", async () => {
  const made = await aRun("painter", fox, { "Idempotency-Key": "spelled" });
  const again = await askRun("painter", fox, { "Idempotency-Key": '"spelled"' });
  expect((await runOf(again, 200)).id).toBe(made.id);
});

it("refuses what can be no key", async () => {
  for (const key of ["", "two words", '"', "k".repeat(limits.idempotencyKeyLength + 1)]) {
    const told = await refusalOf(await askRun("painter", fox, { "Idempotency-Key": key }), 400);
    expect(told.detail).toContain("Idempotency-Key");
  }
  await aRun("painter", fox, { "Idempotency-Key": "k".repeat(limits.idempotencyKeyLength) });
});

it("forgets a key when its time is over", async () => {
  const key = aKey();
  const made = await aRun("painter", fox, key);
  const longAgo = new Date(Date.now() - (limits.idempotencySeconds + 60) * 1000).toISOString();
  await env.DB.prepare("UPDATE idempotency_key SET created_at = ? WHERE run_id = ?").bind(longAgo, made.id).run();
  const anew = await aRun("painter", { inputs: { prompt: "a hare" } }, key);
  expect(anew.id).not.toBe(made.id);
  expect((await runOf(await askRun("painter", { inputs: { prompt: "a hare" } }, key), 200)).id).toBe(anew.id);
});

it("makes a replay safe to repeat too", async () => {
  const key = aKey();
  const made = await aRun("painter");
  const replay = () => ask("POST", `/v1/runs/${made.id}:replay`, { headers: key });
  const first = await runOf(await replay(), 202);
  expect((await runOf(await replay(), 200)).id).toBe(first.id);
});
