import fc from "fast-check";
import { realParts } from "./protocol-parts.ts";
import { simulate } from "./simulate.ts";
import type { Weather } from "./weather.ts";

/** Lines of a failing schedule's trace that are printed before its first wrong answer. */
const tracedLines = 80;

/**
 * Plays `runs` schedules against the real protocol; throws with the seed, the smallest weather found and what happened in it when
 * one answer is wrong. Answers what the schedules showed together.
 */
export async function playSchedules(
  weather: fc.Arbitrary<Weather>,
  runs: number,
): Promise<{ answers: number; missedMs: number[] }> {
  const shown = { answers: 0, missedMs: [] as number[] };
  await fc.assert(
    fc.asyncProperty(weather, async (chosen) => {
      const report = await simulate(chosen);
      shown.answers += report.answers;
      for (const ms of report.missedMs) shown.missedMs.push(ms);
      if (report.violations.length > 0) throw new Error(await traceOf(chosen));
    }),
    { numRuns: runs },
  );
  shown.missedMs.sort((a, b) => a - b);
  return shown;
}

/** "50% 0 ms, 99% 1830 ms, worst 4310 ms" */
export function spreadOf(sortedMs: readonly number[]): string {
  const at = (share: number) => sortedMs[Math.min(sortedMs.length - 1, Math.floor(sortedMs.length * share))] ?? 0;
  return `50% ${at(0.5)} ms, 90% ${at(0.9)} ms, 99% ${at(0.99)} ms, worst ${at(1)} ms`;
}

/** The same schedule once more, this time written down. */
async function traceOf(weather: Weather): Promise<string> {
  const { trace, violations } = await simulate(weather, realParts, { isTraced: true });
  const wrong = trace.findIndex((line) => line.includes("WRONG"));
  return [...violations.slice(0, 3), "", ...trace.slice(Math.max(0, wrong - tracedLines), wrong + 1)].join("\n");
}
