import { afterAll, beforeAll, expect, test } from "vitest";
import { agentCard } from "../../../src/contract/agent/card.ts";
import type { JsonMap } from "../../../src/domain/document/json-value.ts";
import type { AgentName } from "../../agents/agent-skills.ts";
import { type RunningAgents, startAgents } from "../../agents/start-agents.ts";
import { call } from "./an-agent-server.ts";

let agents: RunningAgents;
beforeAll(async () => {
  agents = await startAgents();
}, 60_000);
afterAll(() => agents.stop());

/** Calls a skill of one of the three, by its own card. */
function ask(name: AgentName, skill: string, inputs: JsonMap, key: string) {
  const card = agents.cards.find(({ id }) => id === name);
  const told = card?.skills.find(({ id }) => id === skill);
  const pin = { name, skill, input_schema: told?.input_schema ?? null, output_schema: told?.output_schema ?? null };
  return call(agents.urls[name], { inputs, key, pin });
}

/** The outputs of a call, which must succeed. */
async function outputs(...given: Parameters<typeof ask>): Promise<JsonMap> {
  const outcome = await ask(...given);
  if (!outcome.ok) throw new Error(outcome.failure.message);
  return outcome.outputs;
}

const effectsOf = (key: string) => agents.effects().filter((effect) => effect.key === key).length;

test("their cards are cards, and they are healthy", async () => {
  for (const card of agents.cards) {
    expect(agentCard.safeParse(card).success).toBe(true);
    expect((await fetch(`${card.url}/health`)).status).toBe(200);
  }
});

test("they plan, build and test, and mend what is broken", async () => {
  const requirements = "area(w, h) = w * h\nhalf(x) = x +* 2";
  const plan = await outputs("plan-agent", "create_plan", { requirements }, "a/plan");
  const built = await outputs("build-agent", "write_code", plan, "a/build");
  const found = await outputs("test-agent", "validate_code", built, "a/test");
  expect(found.passed).toBe(false);
  expect(String(found.report).split("\n")).toEqual([
    "area.js: ok",
    expect.stringMatching(/^half.js: failed: /),
    "index.js: ok",
  ]);
  const fixed = await outputs("build-agent", "fix_code", { ...built, report: found.report ?? "" }, "a/fix");
  expect((await outputs("test-agent", "validate_code", fixed, "a/test-2")).passed).toBe(true);
});

test("a key is done once, however often and at whatever time it comes", async () => {
  const inputs = { requirements: "one(x) = x" };
  const many = await Promise.all([1, 2, 3].map(() => outputs("plan-agent", "create_plan", inputs, "once")));
  await agents.kill("plan-agent");
  many.push(await outputs("plan-agent", "create_plan", inputs, "once"));
  expect(new Set(many.map((one) => JSON.stringify(one))).size).toBe(1);
  expect(effectsOf("once")).toBe(1);
  expect(agents.calls().filter(({ key }) => key === "once")).toHaveLength(4);
});

test.each(["before", "after"] as const)("one that crashes %s its work does it once", async (crash) => {
  const inputs = { plan: [] };
  await agents.switch("build-agent", { crash });
  expect(await ask("build-agent", "write_code", inputs, `crash-${crash}`)).toMatchObject({
    ok: false,
    isAnswered: false,
  });
  expect(effectsOf(`crash-${crash}`)).toBe(crash === "after" ? 1 : 0);
  await agents.kill("build-agent");
  expect(await ask("build-agent", "write_code", inputs, `crash-${crash}`)).toMatchObject({ ok: true });
  expect(effectsOf(`crash-${crash}`)).toBe(1);
});

test.each([
  ["503", "transient", false],
  ["broken", "transient", false],
  ["broken_after", "transient", false],
  ["retryable", "transient", true],
  ["error", "unknown", true],
  ["garbage", "validation", true],
] as const)(
  "one that fails with %s is %s, answered: %s; the next call is well again",
  async (failWith, failureClass, isAnswered) => {
    await agents.switch("test-agent", { failTimes: 1, failWith });
    const inputs = { files: [] };
    expect(await ask("test-agent", "validate_code", inputs, failWith)).toMatchObject({
      isAnswered,
      failure: { class: failureClass },
    });
    expect(await ask("test-agent", "validate_code", inputs, failWith)).toMatchObject({ ok: true });
    expect(effectsOf(failWith)).toBe(1);
  },
);

test("they say what they do not know", async () => {
  expect(await ask("test-agent", "fly", {}, "fly")).toMatchObject({
    failure: { class: "permanent", code: "agent_error" },
  });
});
