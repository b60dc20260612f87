import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { harmlessVariations, mutations } from "./simulation/mutations.ts";
import type { ProtocolParts } from "./simulation/protocol-parts.ts";
import { simulate } from "./simulation/simulate.ts";
import { anyWeather, type Weather } from "./simulation/weather.ts";

// A fixed seed: these tests ask whether the simulation can see a fault, not whether there is one.
const schedules = fc.sample(anyWeather, { seed: 5, numRuns: 2000 });

describe("the coherence simulation finds out a protocol in which", () => {
  test.each(Object.entries(mutations))(
    "%s",
    async (_, parts) => {
      expect(await firstViolation(schedules, parts)).not.toBeNull();
    },
    120_000,
  );
});

describe("the coherence simulation finds nothing wrong with", () => {
  test.each(Object.entries(harmlessVariations))("%s", async (_, parts) => {
    expect(await firstViolation(schedules.slice(0, 200), parts)).toBeNull();
  });
});

async function firstViolation(weathers: readonly Weather[], parts: ProtocolParts): Promise<string | null> {
  for (const weather of weathers) {
    const { violations } = await simulate(weather, parts);
    if (violations[0] !== undefined) return violations[0];
  }
  return null;
}
