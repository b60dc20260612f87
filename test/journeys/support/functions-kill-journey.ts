import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { tellDistribution } from "./distribution.ts";
import { frozenBundle } from "./frozen-bundle.ts";
import { functionsPerFile, lookFileUp, publishFile } from "./function-file.ts";
import { randomOf, seedOfRun } from "./random.ts";
import { readSeqs } from "./read-seqs.ts";
import { type KillableRegistry, spawnRegistry } from "./spawn-registry.ts";
import { verifyUntilClean, walkMaintenance } from "./walk-maintenance.ts";

/** Registrars' alarms repeat effects after 5 s; the machine may be busy. */
const mendMs = 20_000;

/** Publishes one file after another as fast as they are answered, until the registry is gone. */
async function storm(registry: KillableRegistry, file: string, from: number) {
  const acknowledged: string[] = [];
  const wrong: string[] = [];
  for (let patch = from; ; patch++) {
    const version = `1.0.${patch}`;
    const answer = await publishFile(registry, file, version);
    if (answer === null) return { file, acknowledged, pending: version, next: patch + 1, wrong };
    if (answer.status !== 201) wrong.push(`${file} ${version} was answered ${answer.status}: ${answer.text}`);
    if (wrong.length > 0) return { file, acknowledged, pending: null, next: patch + 1, wrong };
    acknowledged.push(version);
  }
}

/** Publishes a file to a registry that has just started; then another version, and answers how long that took. */
async function warmUp(registry: KillableRegistry, file: string): Promise<number> {
  let tookMs = 0;
  for (const version of ["1.0.0", "1.0.1"]) {
    const startedAt = performance.now();
    const answer = await publishFile(registry, file, version);
    expect(answer?.status, answer?.text).toBe(201);
    tookMs = performance.now() - startedAt;
  }
  return tookMs;
}

/** Kills the registry in `rounds` storms of files with several functions each, and looks after each for halves. */
export function functionsKillJourney(rounds: number, timeoutMs: number): void {
  const bundle = frozenBundle();
  test(
    `killed in ${rounds} storms of files with six functions, the registry has each file wholly or not at all`,
    async () => {
      const seed = seedOfRun();
      const random = randomOf(seed);
      const stateDir = bundle.stateDir("state");
      const start = () => spawnRegistry(stateDir, bundle.scriptPath);
      const tally = { acknowledged: 0, unanswered: 0, happened: 0, disagreements: 0 };
      const mendedMs: number[] = [];
      const next = new Map<string, number>();
      let registry = await start();
      try {
        for (let round = 0; round < rounds; round++) {
          const files = ["always", "too", `round_${round}`];
          const usualMs = await warmUp(registry, `warm_${round}`);
          tally.acknowledged += 2;
          const storms = files.map((file) => storm(registry, file, next.get(file) ?? 0));
          // Within a few publishes, however quick this machine is now: most kills then hit one between its first and its last step.
          await pause(random.between(0, Math.ceil(12 * usualMs)));
          await registry.kill();
          const written = await Promise.all(storms);
          registry = await start();
          const startedAt = performance.now();
          const broken = (await walkMaintenance(registry, "verify")).disagreements.length;
          tally.disagreements += broken;
          // Lookups mend KV too: in every other round the alarms must do it alone.
          if (round % 2 === 0) {
            expect((await verifyUntilClean(registry, mendMs)).disagreements).toEqual([]);
            if (broken > 0) mendedMs.push(performance.now() - startedAt);
          }
          for (const { file, acknowledged, pending, next: following, wrong } of written) {
            expect(wrong).toEqual([]);
            next.set(file, following);
            tally.acknowledged += acknowledged.length;
            for (const version of acknowledged) {
              expect(await lookFileUp(registry, file, version), `${file} ${version}, acknowledged`).toEqual({
                found: "all",
                wrong: [],
              });
            }
            if (pending === null) continue;
            tally.unanswered += 1;
            const { found, wrong: odd } = await lookFileUp(registry, file, pending);
            expect(odd).toEqual([]);
            expect(["all", "none"], `${file} ${pending}, unanswered`).toContain(found);
            if (found === "all") tally.happened += 1;
            // Sent again, it is there once.
            const again = await publishFile(registry, file, pending);
            expect(again?.status, again?.text).toBe(found === "all" ? 200 : 201);
            if (found === "none") tally.acknowledged += 1;
          }
          expect((await verifyUntilClean(registry, mendMs)).disagreements).toEqual([]);
        }
      } finally {
        await registry.kill();
      }
      console.log(
        `${rounds} kills: ${tally.acknowledged} files acknowledged, ${tally.unanswered} unanswered (${tally.happened} of them had ` +
          `happened, wholly); ${tally.disagreements} disagreements right after a restart; mended in ${tellDistribution(mendedMs)}; seed ${seed}`,
      );
      const files = tally.acknowledged + tally.happened;
      const { rows, lowest, highest } = await readSeqs(stateDir, bundle.scriptPath);
      expect({ rows, lowest, highest }).toEqual({
        rows: files * functionsPerFile,
        lowest: 1,
        highest: files * functionsPerFile,
      });
    },
    timeoutMs,
  );
}
