import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { agentNames } from "../../agents/agent-skills.ts";
import { type RunningAgents, startAgents } from "../../agents/start-agents.ts";
import { frozenBundle } from "../../journeys/support/frozen-bundle.ts";
import { type Random, randomOf, seedOfRun } from "../../journeys/support/random.ts";
import { differencesOf, type RunTrace, stepsOf, traceOf } from "./check-storm-run.ts";
import { readLooseEnds } from "./read-loose-ends.ts";
import { openStormStage, type StormStage } from "./storm-stage.ts";
import { type WatchedRuns, watchRuns } from "./watch-runs.ts";

export interface WorkflowStormPlan {
  runs: number;
  registryKills: number;
  /** Between a start of the registry and its next kill. */
  registryKillMs: { least: number; most: number };
  runnerKillMs: { least: number; most: number };
  /** Of the runs, how many are cancelled while they go: 0 to 1. */
  cancelled: number;
  timeoutMs: number;
}

/** Inputs that runs are begun with; each gives another way through the workflow. */
const numbers = [0, 1, 2, 3, 4, 5];

/** Cron leaves an end alone for 30 s, since whoever told of it may be at the rest: it takes up what the last kill cut off after that. */
const settleMs = 40_000;

/** Defines the test that runs of workflows end once and whole, whenever the registry and its runners are killed; prints what was counted. */
export function workflowStorm(plan: WorkflowStormPlan): void {
  const bundle = frozenBundle();
  const what = plan.cancelled > 0 ? "and cancelled at any time" : "each ends once, as an undisturbed one does";
  test(
    `${plan.runs} runs of workflows, killed ${plan.registryKills} times with the registry: ${what}`,
    async () => {
      const seed = seedOfRun();
      const random = randomOf(seed);
      const agents = await startAgents(bundle.stateDir("agents"));
      const stage = await openStormStage(bundle, random, agents.cards);
      // So that kills find calls of theirs under way.
      for (const name of agentNames) await agents.switch(name, { delayMs: 300 });
      try {
        const undisturbed = await runUndisturbed(stage, plan.timeoutMs);
        const runs: WatchedRuns = { begun: new Map(), ended: new Map() };
        const tally = await stormOver(stage, random, plan, runs);
        const checked = await check(stage, agents, runs, undisturbed);
        console.log(
          `${runs.begun.size} runs, ${tally.registryKills} kills of the registry, ${tally.runnerKills} of runners, ${tally.cancels} cancels: ` +
            `${checked.succeeded} succeeded, ${checked.cancelled} cancelled; ${checked.onRunners} steps on runners in ${stage.attempts()} attempts, ` +
            `${checked.byAgents} by agents in ${agents.calls().length} calls, ${stage.effects().length + agents.effects().length} effects; ` +
            `${tally.seconds} s; seed ${seed}`,
        );
        expect(checked.wrong).toEqual([]);
        expect(runs.begun.size).toBe(plan.runs);
        expect(checked.succeeded + checked.cancelled).toBe(plan.runs);
        if (plan.cancelled === 0) expect(checked.cancelled).toBe(0);
        await pause(settleMs);
        await stage.stop();
        expect(await readLooseEnds(stage.stateDir, bundle.scriptPath)).toEqual({
          open: [],
          unsettled: [],
          untold: [],
          openSteps: [],
          doubleChildren: [],
          outputs: [],
        });
      } finally {
        await stage.stop();
        await agents.stop();
      }
    },
    plan.timeoutMs + 300_000,
  );
}

/** What each input gives when nothing is killed. */
async function runUndisturbed({ calls, folder }: StormStage, timeoutMs: number): Promise<Map<number, RunTrace>> {
  const runs: WatchedRuns = { begun: new Map(), ended: new Map() };
  for (const n of numbers) runs.begun.set(await calls.start("storm", { n, folder }, `undisturbed-${n}`), n);
  await watchRuns(calls, runs, () => true, timeoutMs);
  const traces = new Map<number, RunTrace>();
  for (const [id, run] of runs.ended) {
    if (run.state !== "succeeded") throw new Error(`undisturbed, a run ends as it must not: ${JSON.stringify(run)}`);
    traces.set(runs.begun.get(id) ?? -1, await traceOf(calls, run));
  }
  return traces;
}

interface StormTally {
  registryKills: number;
  runnerKills: number;
  cancels: number;
  seconds: number;
}

/** Begins runs a few at a time, kills, and waits until all have ended. */
async function stormOver(
  stage: StormStage,
  random: Random,
  plan: WorkflowStormPlan,
  runs: WatchedRuns,
): Promise<StormTally> {
  const { calls, folder } = stage;
  const tally: StormTally = { registryKills: 0, runnerKills: 0, cancels: 0, seconds: 0 };
  const startedAt = performance.now();
  const others: Promise<void>[] = [];
  let isOver = false;
  const watching = watchRuns(calls, runs, () => isOver, plan.timeoutMs);
  const killingRunners = (async () => {
    while (!isOver) {
      await pause(random.between(plan.runnerKillMs.least, plan.runnerKillMs.most));
      if (isOver) return;
      await stage.killRunner();
      tally.runnerKills += 1;
    }
  })();
  const begin = async (at: number) => {
    const n = numbers[at % numbers.length] ?? 0;
    const id = await calls.start("storm", { n, folder }, `storm-${at}`);
    runs.begun.set(id, n);
    if (random.next() >= plan.cancelled) return;
    await pause(random.between(0, 8000));
    const { status } = await calls.cancel(id);
    if (status < 300) tally.cancels += 1;
  };
  let at = 0;
  for (let kill = 1; kill <= plan.registryKills; kill++) {
    for (const until = Math.ceil((plan.runs * kill) / plan.registryKills); at < until; at++) others.push(begin(at));
    await pause(random.between(plan.registryKillMs.least, plan.registryKillMs.most));
    await stage.killRegistry();
    tally.registryKills += 1;
  }
  await Promise.all(others);
  isOver = true;
  await Promise.all([watching, killingRunners]);
  return { ...tally, seconds: Math.round((performance.now() - startedAt) / 1000) };
}

interface Checked {
  succeeded: number;
  cancelled: number;
  onRunners: number;
  byAgents: number;
  wrong: string[];
}

async function check(
  stage: StormStage,
  agents: RunningAgents,
  { begun, ended }: WatchedRuns,
  undisturbed: Map<number, RunTrace>,
): Promise<Checked> {
  const checked: Checked = { succeeded: 0, cancelled: 0, onRunners: 0, byAgents: 0, wrong: [] };
  const traces = [...undisturbed.values()];
  for (const [id, run] of ended) {
    const trace = await traceOf(stage.calls, run);
    traces.push(trace);
    if (run.state === "cancelled") {
      checked.cancelled += 1;
      const open = [...trace.steps, ...trace.children].filter((told) => / (running|waiting|queued|leased)$/.test(told));
      if (open.length > 0) checked.wrong.push(`${id} is cancelled, and has open steps: ${open.join(", ")}`);
      continue;
    }
    const like = undisturbed.get(begun.get(id) ?? -1);
    checked.succeeded += 1;
    if (like === undefined) throw new Error(`nobody ran ${begun.get(id)} undisturbed`);
    checked.wrong.push(...differencesOf(trace, like).map((told) => `${id}: ${told}`));
  }
  const onRunners = traces.flatMap((trace) => trace.onRunners);
  const byAgents = traces.flatMap((trace) => trace.byAgents);
  checked.onRunners = onRunners.length;
  checked.byAgents = byAgents.length;
  const isWhole = checked.cancelled === 0;
  const agentEffects = agents.effects().map(({ key }) => key);
  checked.wrong.push(...unlike("on runners", onRunners, stage.effects(), isWhole));
  checked.wrong.push(...unlike("by agents", isWhole ? byAgents : stepsOf(traces), agentEffects, isWhole));
  return checked;
}

/** Every effect belongs to one step, once; and each such step has had its effect, where none was cancelled. */
function unlike(where: string, done: readonly string[], effects: readonly string[], isExact: boolean): string[] {
  const wanted = new Set(done);
  const had = new Set(effects);
  return [
    ...(had.size < effects.length ? [`${where}: ${effects.length} effects for ${had.size} steps`] : []),
    ...(isExact && wanted.size < done.length ? [`${where}: ${done.length} runs for ${wanted.size} steps`] : []),
    ...[...had]
      .filter((id) => !wanted.has(id))
      .map((id) => `${where}: an effect for ${id}, which is no step of any run`),
    ...(isExact ? [...wanted].filter((id) => !had.has(id)).map((id) => `${where}: no effect for ${id}`) : []),
  ];
}
