import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { frozenBundle } from "./frozen-bundle.ts";
import { findPush, type StormPush, sendPush, storm, stormPush } from "./oci-storm.ts";
import { randomOf, seedOfRun } from "./random.ts";
import { spawnRegistry } from "./spawn-registry.ts";
import { verifyUntilClean } from "./walk-maintenance.ts";

/** Registrars' alarms repeat effects after 5 s; the machine may be busy. */
const mendMs = 20_000;
const repositories = ["kill/one", "kill/two", "kill/three", "templates/kill_four", "templates/kill_five"];

/** Kills the registry in `rounds` storms of pushes, and looks after each for halves. */
export function ociKillJourney(rounds: number, timeoutMs: number): void {
  const bundle = frozenBundle();
  test(
    `killed in ${rounds} storms of pushes, the registry has each wholly, tag and manifest, or not at all`,
    async () => {
      const seed = seedOfRun();
      const random = randomOf(seed);
      const stateDir = bundle.stateDir("state");
      const start = () => spawnRegistry(stateDir, bundle.scriptPath);
      const tally = { acknowledged: 0, unanswered: 0, happened: 0 };
      const next = new Map<string, number>();
      let registry = await start();
      try {
        for (let round = 0; round < rounds; round++) {
          // After some pushes, however quick this machine is now, and anywhere within the next.
          let left = random.between(5, 25);
          const enough = Promise.withResolvers<void>();
          const onAcknowledged = () => {
            left -= 1;
            if (left === 0) enough.resolve();
          };
          const storms = repositories.map((one) => storm(registry, one, next.get(one) ?? 0, onAcknowledged));
          // A storm that goes wrong ends early, and says why below.
          await Promise.race([enough.promise, Promise.all(storms)]);
          await pause(random.between(0, 40));
          await registry.kill();
          const written = await Promise.all(storms);
          registry = await start();
          for (const [at, repository] of repositories.entries()) {
            const { acknowledged, pending, wrong } = written[at] ?? {
              acknowledged: [],
              pending: null,
              wrong: ["lost"],
            };
            expect(wrong).toEqual([]);
            tally.acknowledged += acknowledged.length;
            for (const push of acknowledged) expect(await findPush(registry, push), tell(push)).toBe("all");
            if (pending !== null) {
              tally.unanswered += 1;
              const found = await findPush(registry, pending);
              expect(["all", "nothing"], `${tell(pending)}, unanswered: ${found}`).toContain(found);
              if (found === "all") tally.happened += 1;
              // Whatever the kill left of it, the client's next try succeeds.
              const again = await sendPush(registry, pending);
              expect(again?.status, again?.text).toBe(201);
              expect(await findPush(registry, pending), tell(pending)).toBe("all");
            }
            next.set(repository, (next.get(repository) ?? 0) + acknowledged.length + (pending === null ? 0 : 1));
          }
          expect((await verifyUntilClean(registry, mendMs)).disagreements).toEqual([]);
        }
        // All of it again, by a registry that remembers nothing.
        await registry.kill();
        registry = await start();
        for (const [repository, count] of next)
          for (let at = 0; at < count; at++)
            expect(await findPush(registry, stormPush(repository, at)), `${repository} ${at}`).toBe("all");
      } finally {
        await registry.kill();
      }
      console.log(
        `${rounds} kills: ${tally.acknowledged} pushes acknowledged, ${tally.unanswered} unanswered ` +
          `(${tally.happened} of them had happened, wholly); seed ${seed}`,
      );
    },
    timeoutMs,
  );
}

function tell(push: StormPush): string {
  return `${push.repository}:${push.tag}`;
}
