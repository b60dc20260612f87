import { setTimeout as pause } from "node:timers/promises";
import { expect, test } from "vitest";
import { tellDistribution } from "./distribution.ts";
import { frozenBundle } from "./frozen-bundle.ts";
import { randomOf, seedOfRun } from "./random.ts";
import { lookUp, publish, versionedSource } from "./registry-calls.ts";
import { startIsolates } from "./start-isolates.ts";
import { type Published, type Watched, type WatchingClient, watchLookups } from "./watch-lookups.ts";

const name = "never_down";

/** Defines the zero-downtime test with so many publishes; prints what was measured. */
export function zeroDowntimeJourney(publishes: number, timeoutMs: number): void {
  const bundle = frozenBundle();

  test(
    `${publishes} versions are published, and no lookup fails, is wrong, or goes back`,
    async () => {
      const registry = await startIsolates({ scriptPath: bundle.scriptPath, stateDir: bundle.stateDir("state") });
      const { first, others } = registry;
      const [second] = others;
      const seed = seedOfRun();
      const random = randomOf(seed);
      const published: Published = { name, versions: [] };
      const publishNext = async () => {
        const version = `1.0.${published.versions.length}`;
        const { digest, seq } = await publish({ ...registry, url: first }, versionedSource(name, version));
        if (seq === null) throw new Error(`publishing ${version} committed nothing`);
        published.versions.push({ digest, seq, acknowledgedAt: performance.now() });
        return { version, seq };
      };
      try {
        await publishNext();
        const watched: Watched = { latenciesMs: [], wrong: [] };
        let isOver = false;
        const choose = (count: number) => random.between(0, count - 1);
        const clients: WatchingClient[] = (["latest", "range", "exact"] as const).flatMap((asks) => [
          { urls: [first], asks, choose },
          { urls: [second], asks, choose },
          { urls: [first, second], asks, choose },
        ]);
        const watching = clients.map((client) => watchLookups(client, published, watched, () => isOver));
        const startedAt = performance.now();
        const notRead: string[] = [];
        for (let i = 0; i < publishes; i++) {
          await pause(random.between(0, 200));
          const { version, seq } = await publishNext();
          // The publisher's own next request may come in anywhere: with the seq it reads its write.
          const own = await lookUp(random.pick([first, second]), name, seq);
          if (own.artifact?.version !== version) notRead.push(`${version} at ${seq}: ${own.text}`);
        }
        isOver = true;
        await Promise.all(watching);
        const seconds = (performance.now() - startedAt) / 1000;
        const perSecond = (count: number) => (count / seconds).toFixed(1);
        console.log(
          `${publishes} publishes at ${perSecond(publishes)}/s under ${perSecond(watched.latenciesMs.length)} lookups/s ` +
            `from ${clients.length} clients: ${watched.wrong.length} wrong; lookups ${tellDistribution(watched.latenciesMs)}; seed ${seed}`,
        );
        expect(watched.wrong).toEqual([]);
        expect(notRead).toEqual([]);
        expect(watched.latenciesMs.length).toBeGreaterThan(publishes);
      } finally {
        await registry.stop();
      }
    },
    timeoutMs,
  );
}
