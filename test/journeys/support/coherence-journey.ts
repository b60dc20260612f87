import { expect, test } from "vitest";
import { tellDistribution } from "./distribution.ts";
import { frozenBundle } from "./frozen-bundle.ts";
import { measureVisibility } from "./measure-visibility.ts";
import { randomOf, seedOfRun } from "./random.ts";
import { startIsolates } from "./start-isolates.ts";

/** The bound that src/domain/lookup/coherence-limits.ts proves. */
const boundMs = 5000;
/** They sync at different moments, so that a hub also answers from its lease and not only from pulls of its own. */
const busyIsolates = 3;

/** Defines the coherence tests with so many publishes each; prints what was measured. */
export function coherenceJourney(publishes: number, timeoutMs: number): void {
  const bundle = frozenBundle();

  test.each([
    { broadcasts: "on", vars: {} },
    { broadcasts: "dropped", vars: { DROP_BROADCASTS: "true" } },
  ])(
    "what one isolate publishes, all others answer within 5 s under load: broadcasts $broadcasts",
    async ({ broadcasts, vars }) => {
      const { scriptPath } = bundle;
      const registry = await startIsolates({
        scriptPath,
        stateDir: bundle.stateDir(broadcasts),
        vars,
        others: busyIsolates + 1,
      });
      try {
        const seed = seedOfRun();
        const seen = await measureVisibility(registry, { publishes, random: randomOf(seed) });
        console.log(
          `visible in ${busyIsolates} busy isolates, broadcasts ${broadcasts}: ${tellDistribution(seen.delaysMs)}; ` +
            `oldest state answered ${Math.round(seen.oldestAnsweredMs)} ms; ${seen.lookups} lookups; seed ${seed}`,
        );
        expect(seen.wrong).toEqual([]);
        expect(seen.neverSeen).toEqual([]);
        expect(seen.oldestAnsweredMs).toBeLessThan(boundMs);
        expect(seen.delaysMs).toHaveLength(publishes * busyIsolates);
      } finally {
        await registry.stop();
      }
    },
    timeoutMs,
  );
}
