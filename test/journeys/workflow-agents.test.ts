import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";
import { lineage } from "../../src/contract/entity/lineage.ts";
import { entityValue } from "../../src/contract/http/entities.ts";
import type { Run } from "../../src/contract/run/run.ts";
import { type RunningAgents, startAgents } from "../agents/start-agents.ts";
import { temporaryFolder } from "../cli/temporary-folder.ts";
import { cliRegistry } from "./cli-registry.ts";
import { stepOf, workflowCalls } from "./support/workflow-calls.ts";

const registry = cliRegistry();
const { publish, getRun } = workflowCalls(() => ({
  url: registry.url(),
  adminToken: registry.env().CALLSHEET_TOKEN ?? "",
}));
let agents: RunningAgents;

beforeAll(async () => {
  agents = await startAgents();
  for (const card of agents.cards) await publish("agents", `${card.id}.json`, JSON.stringify(card));
  const shipped = join(repositoryRoot, "templates", "workflows", "code-generation.yaml");
  await publish("workflows", "code-generation.yaml", readFileSync(shipped, "utf8"));
}, 60_000);
afterAll(() => agents.stop());

const generated = z.object({
  files: z.array(z.object({ name: z.string(), content: z.string() })),
  passed: z.boolean(),
  report: z.string(),
});

/** Runs code-generation by the CLI, as people do, and answers the run and what came over the terminal. */
async function generates(requirements: string, exitCode = 0): Promise<{ run: Run; told: string }> {
  const flags = ["-i", `requirements=${requirements}`, "--watch"];
  const ran = await registry.cli(["run", "workflow/code-generation", ...flags], temporaryFolder());
  expect(ran.exitCode, ran.stderr + ran.stdout).toBe(exitCode);
  const [, id = ""] = /^run {2}([0-9a-f-]{36})$/m.exec(ran.stdout) ?? [];
  return { run: await getRun(id), told: ran.stderr };
}

function outputsOf(run: Run): z.infer<typeof generated> {
  return generated.parse(run.state === "succeeded" ? run.outputs[0]?.outputs : null);
}

/** What was done for a run: `skill step`, in the order of the agents. */
function effectsOf(run: Run): string[] {
  const children = new Set(run.steps?.map((step) => step.run));
  return agents
    .effects()
    .filter((effect) => effect.runId === run.id || children.has(effect.runId))
    .map((effect) => effect.skill);
}

test("code-generation plans, builds and tests by three agents", async () => {
  const { run, told } = await generates("area(w, h) = w * h\ngreet(name) = 'hello ' + name");
  const { files, passed, report } = outputsOf(run);
  expect(files.map(({ name }) => name)).toEqual(["area.js", "greet.js", "index.js"]);
  expect(files[0]?.content).toContain("return w * h;");
  expect({ passed, report }).toEqual({ passed: true, report: "area.js: ok\ngreet.js: ok\nindex.js: ok" });
  expect(run.steps?.map(({ path, state, skill }) => ({ path, state, skill }))).toEqual([
    { path: "plan", state: "succeeded", skill: "agent/plan-agent@1.0.0#create_plan" },
    { path: "build", state: "succeeded", skill: "agent/build-agent@1.0.0#write_code" },
    { path: "test", state: "succeeded", skill: "agent/test-agent@1.0.0#validate_code" },
    { path: "repair", state: "succeeded", skill: null },
  ]);
  expect(stepOf(run, "repair")?.branch).toBeNull();
  for (const id of ["plan", "build", "test"]) expect(told).toContain(id);
  expect(effectsOf(run).sort()).toEqual(["create_plan", "validate_code", "write_code"]);
});

test("answers of more than a megabyte go from agent to agent", async () => {
  const spec = join(temporaryFolder(), "spec.md");
  const text = "x".repeat(1_300_000);
  writeFileSync(spec, `long(a) = '${text}'`);
  const { run } = await generates(`@${spec}`);
  const [output] = run.state === "succeeded" ? run.outputs : [];
  expect(output?.outputs).toBeNull();
  const told = await fetch(`${registry.url()}/v1/entities/${output?.entity}/value`, {
    headers: { authorization: `Bearer ${registry.env().CALLSHEET_TOKEN}` },
  });
  const { files, passed } = generated.parse(entityValue.parse(await told.json()).value);
  expect(passed).toBe(true);
  expect(files.map(({ name }) => name)).toEqual(["long.js", "index.js"]);
  expect(files[0]?.content.includes(text)).toBe(true);
  expect(effectsOf(run).sort()).toEqual(["create_plan", "validate_code", "write_code"]);
});

test("code-generation repairs what fails its test, and tests it again", async () => {
  const { run } = await generates("broken(a) = a +\nfine(a) = a");
  const { files, passed, report } = outputsOf(run);
  expect(passed).toBe(true);
  expect(report).toBe("broken.js: ok\nfine.js: ok\nindex.js: ok");
  expect(files[0]?.content).toContain("not done");
  expect(stepOf(run, "repair")).toMatchObject({ state: "succeeded", branch: "if_true" });
  expect(stepOf(run, "repair/if_true/fix")?.state).toBe("succeeded");
  expect(stepOf(run, "repair/if_true/retest")?.state).toBe("succeeded");
  const effects = ["create_plan", "fix_code", "validate_code", "validate_code", "write_code"];
  expect(effectsOf(run).sort()).toEqual(effects);
});

test("the lineage of the code leads through every agent to the requirements", async () => {
  const { run } = await generates("wrong(a) = (a\nright(a) = a");
  const output = run.state === "succeeded" ? (run.outputs[0]?.entity ?? "") : "";
  const graph = lineage.parse(await registry.json(["entities", "lineage", output, "--depth", "50"], temporaryFolder()));
  const done = (run.steps ?? []).filter((step) => step.run !== null);
  expect(done).toHaveLength(5);
  expect(graph.runs.map(({ id }) => id)).toEqual(expect.arrayContaining(done.map((step) => step.run)));
  expect(graph.entities.map(({ ecs_id }) => ecs_id)).toContain(run.input_entity);
});

test("an agent that is out of breath is asked again, and does its work once", async () => {
  await agents.switch("build-agent", { failTimes: 1, failWith: "503" });
  const { run } = await generates("twice(a) = a * 2");
  expect(outputsOf(run).passed).toBe(true);
  expect(stepOf(run, "build")).toMatchObject({ state: "succeeded", attempt: 2 });
  expect(effectsOf(run).filter((skill) => skill === "write_code")).toHaveLength(1);
});

test("an agent whose answer is lost after its work was done does it once all the same", async () => {
  await agents.switch("plan-agent", { failTimes: 1, failWith: "broken_after" });
  const { run } = await generates("once(a) = a");
  expect(outputsOf(run).passed).toBe(true);
  expect(effectsOf(run).filter((skill) => skill === "create_plan")).toHaveLength(1);
});

test("an agent that goes on failing fails the run, with which step and why; a retry goes on from there", async () => {
  await agents.switch("test-agent", { failTimes: 20, failWith: "retryable" });
  const { run } = await generates("late(a) = a", 8);
  if (run.state !== "failed") throw new Error(`the run is ${run.state}`);
  expect(run.failure.message).toContain("it did not work out");
  expect(stepOf(run, "test")).toMatchObject({ state: "failed", attempt: 3 });
  expect(stepOf(run, "repair")?.state).toBe("skipped");

  await agents.switch("test-agent", {});
  const retried = await registry.cli(["runs", "retry", run.id, "--watch"], temporaryFolder());
  expect(retried.exitCode, retried.stderr + retried.stdout).toBe(0);
  const [, id = ""] = /^run {2}([0-9a-f-]{36})$/m.exec(retried.stdout) ?? [];
  const again = await getRun(id);
  expect(again.retry_of).toEqual({ run: run.id, from: "test" });
  expect(outputsOf(again).passed).toBe(true);
  for (const path of ["plan", "build"]) {
    expect(stepOf(again, path)).toMatchObject({
      state: "kept",
      output_entity: stepOf(run, path)?.output_entity,
    });
  }
});
