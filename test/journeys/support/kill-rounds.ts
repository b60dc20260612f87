import { rmSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { checkCatalogue } from "./check-catalogue.ts";
import { checkServed, emptyServed, type Served } from "./check-served.ts";
import { findModel } from "./find-model.ts";
import { applyOperation, type NameModel, type Operation } from "./name-model.ts";
import type { Random } from "./random.ts";
import { sendOperation } from "./send-operation.ts";
import { type KillableRegistry, spawnRegistry } from "./spawn-registry.ts";
import { storm, type Written } from "./storm.ts";
import { verifyUntilClean, walkMaintenance } from "./walk-maintenance.ts";

/** The counts of a whole run, and everything that was not as it must be. */
export interface KillTally {
  rounds: number;
  acknowledged: number;
  unanswered: number;
  unansweredFound: number;
  /** Disagreements between the stores right after a restart: effects that a kill cut off. */
  disagreementsAfterKill: number;
  /** For each round that had some: how long until the alarms had mended them. */
  mendedMs: number[];
  served: Served;
  wrong: string[];
}

export interface KillPlan {
  rounds: number;
  stateDir: string;
  scriptPath: string;
  random: Random;
}

const freshNames = 4;
/** A Registrar's alarm repeats its effects after 5 s; the machine may be busy. */
const mendMs = 20_000;

/** Kills the registry again and again in the middle of a storm of changes, and checks after each restart what is there. */
export async function killRounds(plan: KillPlan): Promise<{ tally: KillTally; models: Map<string, NameModel> }> {
  const { random } = plan;
  const models = new Map<string, NameModel>();
  const tally: KillTally = {
    rounds: 0,
    acknowledged: 0,
    unanswered: 0,
    unansweredFound: 0,
    disagreementsAfterKill: 0,
    mendedMs: [],
    served: emptyServed(),
    wrong: [],
  };
  const start = () => spawnRegistry(plan.stateDir, plan.scriptPath);
  let registry = await start();
  try {
    // What is wrong once stays wrong: the rounds after it would only hide it.
    for (let round = 0; round < plan.rounds && tally.wrong.length === 0; round++) {
      const names = ["always_here", "here_too", ...Array.from({ length: freshNames }, (_, i) => `round_${round}_${i}`)];
      const modelOf = (name: string) => models.get(name) ?? { name, versions: new Map(), tags: new Map() };
      const storms = names.map((name) => storm(registry, modelOf(name), random));
      await pause(random.between(20, 1500));
      await registry.kill();
      const written = await Promise.all(storms);
      registry = await start();
      tally.rounds += 1;
      const broken = await walkMaintenance(registry, "verify");
      tally.disagreementsAfterKill += broken.disagreements.length;
      // Lookups mend KV too: in every other round the alarms must do it alone.
      if (round % 2 === 0) await mend(registry, tally, broken.disagreements.length);
      for (const one of written) models.set(one.model.name, await settle(registry, one, tally));
      await checkCatalogue(registry.url, [...models.values()], tally.wrong);
      await mend(registry, tally, 0);
    }
    return { tally, models };
  } finally {
    await registry.kill();
  }
}

async function mend(registry: KillableRegistry, tally: KillTally, broken: number): Promise<void> {
  const startedAt = performance.now();
  const { disagreements } = await verifyUntilClean(registry, mendMs);
  if (broken > 0) tally.mendedMs.push(performance.now() - startedAt);
  for (const one of disagreements) tally.wrong.push(`verify: ${JSON.stringify(one)}`);
}

/** After a restart: the name is as acknowledged, the unanswered change has happened wholly or not at all, and may be sent again. */
async function settle(registry: KillableRegistry, written: Written, tally: KillTally): Promise<NameModel> {
  const { model, pending, touched, acknowledgedSeqs } = written;
  tally.acknowledged += acknowledgedSeqs.length;
  tally.wrong.push(...written.wrong);
  const found = await findModel(registry.url, model, pending);
  if (!found.ok) {
    tally.wrong.push(found.complaint);
    return model;
  }
  await checkServed(registry.url, found.model, touched, tally.served);
  tally.wrong.push(...tally.served.wrong.splice(0));
  if (pending === null) return found.model;

  tally.unanswered += 1;
  if (found.pendingHappened) tally.unansweredFound += 1;
  const again = await sendOperation(registry, model.name, pending);
  // A tag that is gone cannot be deleted again; every other change answers that it was there before.
  const isDone = again.type === "refused" ? isGoneTag(pending, again.text) : !again.changed;
  if (isDone !== found.pendingHappened)
    tally.wrong.push(`${model.name}: ${JSON.stringify(pending)} sent again was answered ${JSON.stringify(again)}`);
  if (again.type === "refused" || found.pendingHappened) return found.model;
  tally.acknowledged += 1;
  return applyOperation(model, pending.type === "publish" ? { ...pending, digest: again.digest } : pending);
}

function isGoneTag(operation: Operation, text: string): boolean {
  return operation.type === "tag" && operation.version === null && text.includes("TAG_NOT_FOUND");
}

/** Everything that a run left, asked of a fresh isolate: as it is, with KV lost, and after `rebuild` has written KV anew. */
export async function checkAllTiers(
  plan: KillPlan,
  models: ReadonlyMap<string, NameModel>,
): Promise<{ fromCaches: Served; withoutKv: Served; afterRebuild: Served; wrong: string[] }> {
  const checkAll = async (registry: KillableRegistry) => {
    const served = emptyServed();
    for (const model of models.values()) await checkServed(registry.url, model, model.versions.keys(), served);
    return served;
  };
  const wrong: string[] = [];
  const inFresh = async <Answer>(work: (registry: KillableRegistry) => Promise<Answer>) => {
    const registry = await spawnRegistry(plan.stateDir, plan.scriptPath);
    try {
      return await work(registry);
    } finally {
      await registry.kill();
    }
  };
  const loseKv = () => rmSync(join(plan.stateDir, "storage", "kv"), { recursive: true });
  const verifyClean = async (registry: KillableRegistry) => {
    const { disagreements } = await walkMaintenance(registry, "verify");
    wrong.push(...disagreements.map((one) => JSON.stringify(one)));
  };

  const fromCaches = await inFresh(checkAll);
  loseKv();
  const withoutKv = await inFresh(checkAll);
  loseKv();
  await inFresh(async (registry) => {
    await walkMaintenance(registry, "rebuild");
    await verifyClean(registry);
  });
  const afterRebuild = await inFresh(checkAll);
  return { fromCaches, withoutKv, afterRebuild, wrong };
}
