import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { frozenBundle } from "./frozen-bundle.ts";
import { randomOf, seedOfRun } from "./random.ts";
import { type RunCalls, runCalls } from "./run-calls.ts";
import { runnerCommand } from "./runner-venv.ts";
import { type KillableRegistry, spawnRegistry } from "./spawn-registry.ts";
import { type KillableRunner, spawnRunner } from "./spawn-runner.ts";

export interface StormPlan {
  runs: number;
  runners: number;
  /** SIGKILLs of the whole registry while runs are under way. */
  registryKills: number;
  /** Between two SIGKILLs of a runner. */
  runnerKillMs: { least: number; most: number };
  timeoutMs: number;
}

const vars = { POOL_LEASE_SECONDS: "6", POOL_HEARTBEAT_SECONDS: "1", RUNNER_APPROVAL: "auto" };

/** Defines the test that runs are neither lost nor done twice while runners and registry are killed; prints what was counted. */
export function runsStorm(plan: StormPlan): void {
  const bundle = frozenBundle();

  test(
    `${plan.runs} runs on ${plan.runners} runners, all of them killed again and again: each ends once, with one accepted result`,
    async () => {
      const command = await runnerCommand();
      const seed = seedOfRun();
      const random = randomOf(seed);
      const { scriptPath } = bundle;
      const stateDir = bundle.stateDir("storm");
      let registry: KillableRegistry = await spawnRegistry(stateDir, scriptPath, { vars, cronMs: 5000 });
      const port = Number(new URL(registry.url).port);
      const calls = runCalls(registry.url, registry.adminToken);
      const startRunner = (at: number): KillableRunner =>
        spawnRunner(command, {
          url: registry.url,
          token: registry.adminToken,
          name: `storm-${at}`,
          workDir: bundle.stateDir(`runner-${at}`),
          slots: 2,
          handlers: { storm: "test/journeys/support/storm_handler.py:square" },
        });
      const runners = Array.from({ length: plan.runners }, (_, at) => startRunner(at));
      const tally = { runnerKills: 0, registryKills: 0 };
      try {
        await calls.publish(stormTemplate);
        const ids = submitAll(calls, plan.runs);
        let isOver = false;
        const killing = (async () => {
          while (!isOver) {
            const { least, most } = plan.runnerKillMs;
            await pause(random.between(least, most));
            if (isOver) return;
            const at = random.between(0, runners.length - 1);
            await runners[at]?.kill();
            tally.runnerKills += 1;
            runners[at] = startRunner(at);
          }
        })();
        const restarting = (async () => {
          for (let kill = 1; kill <= plan.registryKills; kill++) {
            await untilEnded(calls, Math.floor((plan.runs * kill) / (plan.registryKills + 1)), plan.timeoutMs);
            await registry.kill();
            tally.registryKills += 1;
            registry = await spawnRegistry(stateDir, scriptPath, { vars, port, cronMs: 5000 });
          }
        })();
        const made = await ids;
        await restarting;
        await untilEnded(calls, plan.runs, plan.timeoutMs);
        isOver = true;
        await killing;
        const checked = await checkAll(calls, made);
        console.log(
          `${plan.runs} runs, ${tally.runnerKills} runner kills, ${tally.registryKills} registry kills: ` +
            `${checked.succeeded} succeeded, ${checked.otherwise.length} ended otherwise, ${checked.attempts} attempts, ` +
            `${checked.results} accepted results, ${checked.leasesLost} leases lost; seed ${seed}`,
        );
        expect(checked.otherwise).toEqual([]);
        expect(checked.wrong).toEqual([]);
        expect(new Set(made).size).toBe(plan.runs);
        expect(checked.succeeded).toBe(plan.runs);
        expect(checked.results).toBe(plan.runs);
        expect(tally.runnerKills).toBeGreaterThan(0);
        expect(tally.registryKills).toBe(plan.registryKills);
      } finally {
        for (const runner of runners) await runner.kill();
        await registry.kill();
      }
    },
    plan.timeoutMs + 120_000,
  );
}

const stormTemplate = {
  id: "storm",
  version: "1.0.0",
  name: "Storm",
  interface: {
    inputs: { number: { type: "integer", required: true } },
    outputs: { square: { type: "integer" }, text: { type: "file" } },
  },
  requirements: { resources: { memory_gb: 0.25 } },
  execution: { handler: "storm", timeout_seconds: 60, max_attempts: 20 },
};

/** Sends all runs, eight at a time; one that is not answered is sent again under its key. */
async function submitAll(calls: RunCalls, runs: number): Promise<string[]> {
  const ids: string[] = Array.from({ length: runs }, () => "");
  let next = 0;
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      while (next < runs) {
        const at = next++;
        ids[at] = await calls.runSurely("storm", { number: at }, `storm-${at}`);
      }
    }),
  );
  return ids;
}

async function untilEnded(calls: RunCalls, count: number, timeoutMs: number): Promise<void> {
  const deadline = performance.now() + timeoutMs;
  for (;;) {
    const ended = await calls.countEnded().catch(() => 0);
    if (ended >= count) return;
    if (performance.now() > deadline) throw new Error(`only ${ended} of ${count} runs ended in time`);
    await pause(500);
  }
}

interface Checked {
  succeeded: number;
  attempts: number;
  results: number;
  leasesLost: number;
  otherwise: string[];
  wrong: string[];
}

/** Asks for every run: its end, its attempts, its one output. */
async function checkAll(calls: RunCalls, ids: readonly string[]): Promise<Checked> {
  const checked: Checked = { succeeded: 0, attempts: 0, results: 0, leasesLost: 0, otherwise: [], wrong: [] };
  for (const [number, id] of ids.entries()) {
    const run = await calls.getRun(id);
    checked.attempts += run.attempts.length;
    checked.leasesLost += run.attempts.filter((attempt) => attempt.outcome === "failed").length;
    checked.results += run.attempts.filter((attempt) => attempt.outcome === "succeeded").length;
    if (run.state !== "succeeded") {
      checked.otherwise.push(`${id}: ${run.state} ${run.state === "failed" ? run.failure.message : ""}`);
      continue;
    }
    checked.succeeded += 1;
    const entities = await calls.outputsOf(id);
    const square = run.outputs[0]?.outputs?.square;
    if (entities.length !== 1 || run.outputs.length !== 1 || square !== number * number) {
      checked.wrong.push(`${id}: ${entities.length} output entities, square of ${number} is told as ${square}`);
    }
  }
  return checked;
}
