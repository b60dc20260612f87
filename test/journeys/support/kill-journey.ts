import { expect, test } from "vitest";
import type { Served } from "./check-served.ts";
import { tellDistribution } from "./distribution.ts";
import { frozenBundle } from "./frozen-bundle.ts";
import { checkAllTiers, type KillPlan, killRounds } from "./kill-rounds.ts";
import { randomOf, seedOfRun } from "./random.ts";
import { readSeqs } from "./read-seqs.ts";

/** Defines the kill test with so many rounds; prints what was counted. */
export function killJourney(rounds: number, timeoutMs: number): void {
  const bundle = frozenBundle();

  test(
    `killed in ${rounds} storms of changes, the registry keeps every acknowledged change and shows no half of another`,
    async () => {
      const seed = seedOfRun();
      const stateDir = bundle.stateDir("state");
      const { scriptPath } = bundle;
      const plan: KillPlan = { rounds, stateDir, scriptPath, random: randomOf(seed) };
      const { tally, models } = await killRounds(plan);
      console.log(
        `${tally.rounds} kills: ${tally.acknowledged} changes acknowledged, ${tally.unanswered} unanswered ` +
          `(${tally.unansweredFound} of them had happened, wholly); ${tally.disagreementsAfterKill} disagreements right after a ` +
          `restart; mended in ${tellDistribution(tally.mendedMs)}; seed ${seed}`,
      );
      expect(tally.wrong).toEqual([]);

      const seqs = await readSeqs(stateDir, scriptPath);
      expect(seqs).toMatchObject({ lowest: 1, highest: seqs.rows, rows: tally.acknowledged + tally.unansweredFound });

      const tiers = await checkAllTiers(plan, models);
      console.log(
        `everything asked again: ${tell(tiers.fromCaches)}; with KV lost: ${tell(tiers.withoutKv)}; ` +
          `after rebuild: ${tell(tiers.afterRebuild)}`,
      );
      expect(tiers.wrong).toEqual([]);
      for (const served of [tiers.fromCaches, tiers.withoutKv, tiers.afterRebuild]) expect(served.wrong).toEqual([]);
      expect(tiers.fromCaches.tiers.get("kv")).toBeGreaterThan(0);
      expect(tiers.withoutKv.tiers.get("d1")).toBeGreaterThan(0);
      expect(tiers.afterRebuild.tiers.get("kv")).toBeGreaterThan(0);
      expect(tiers.afterRebuild.tiers.get("d1")).toBeUndefined();
    },
    timeoutMs,
  );
}

function tell({ lookups, tiers }: Served): string {
  return `${lookups} lookups (${[...tiers].map(([tier, count]) => `${tier} ${count}`).join(", ")})`;
}
