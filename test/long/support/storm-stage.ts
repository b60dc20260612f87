import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { FrozenBundle } from "../../journeys/support/frozen-bundle.ts";
import type { Random } from "../../journeys/support/random.ts";
import { runnerCommand } from "../../journeys/support/runner-venv.ts";
import { spawnRegistry } from "../../journeys/support/spawn-registry.ts";
import { type KillableRunner, spawnRunner } from "../../journeys/support/spawn-runner.ts";
import { innerWorkflow, stormFunction, stormTemplate, stormWorkflow } from "./storm-artifacts.ts";
import { type StormCalls, stormCalls } from "./storm-calls.ts";

/** A registry, two runners and three agents, of which registry and runners are killed and started again. */
export interface StormStage {
  calls: StormCalls;
  /** Where the runners' handler leaves its marks. */
  folder: string;
  stateDir: string;
  killRegistry(): Promise<void>;
  killRunner(): Promise<void>;
  /** Runs for whose steps the handler had its effect. */
  effects(): string[];
  /** Attempts that the handler began. */
  attempts(): number;
  stop(): Promise<void>;
}

const vars = { POOL_LEASE_SECONDS: "6", POOL_HEARTBEAT_SECONDS: "1", RUNNER_APPROVAL: "auto" };
/** Cron brings on what a crash left: as `npm start` does at its start, and here often. */
const cronMs = 2000;

export async function openStormStage(
  bundle: FrozenBundle,
  random: Random,
  agents: readonly object[],
): Promise<StormStage> {
  const { scriptPath } = bundle;
  const stateDir = bundle.stateDir("state");
  const folder = bundle.stateDir("marks");
  mkdirSync(join(folder, "effects"), { recursive: true });
  const command = await runnerCommand();
  let registry = await spawnRegistry(stateDir, scriptPath, { vars, cronMs });
  const { url, adminToken } = registry;
  const startRunner = (at: number): KillableRunner =>
    spawnRunner(command, {
      url,
      token: adminToken,
      name: `storm-${at}`,
      workDir: bundle.stateDir(`runner-${at}`),
      slots: 2,
      flags: ["--handlers-outside-sandbox"],
      handlers: { storm_square: "test/long/support/workflow_storm_handler.py:square" },
    });
  const runners = [0, 1].map(startRunner);
  const calls = stormCalls(url, adminToken);
  const stop = async () => {
    for (const runner of runners) await runner.kill();
    await registry.kill();
  };
  try {
    await calls.publish("functions", stormFunction);
    await calls.publish("templates", { template: stormTemplate });
    for (const agent of agents) await calls.publish("agents", agent);
    await calls.publish("workflows", innerWorkflow);
    await calls.publish("workflows", stormWorkflow);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    calls,
    folder,
    stateDir,
    async killRegistry() {
      await registry.kill();
      await pause(random.between(0, 500));
      registry = await spawnRegistry(stateDir, scriptPath, { vars, cronMs, port: Number(new URL(url).port) });
    },
    async killRunner() {
      const at = random.between(0, runners.length - 1);
      await runners[at]?.kill();
      runners[at] = startRunner(at);
    },
    effects: () => readdirSync(join(folder, "effects")),
    attempts: () => readFileSync(join(folder, "attempts.jsonl"), "utf8").trim().split("\n").length,
    stop,
  };
}
