import { describe, expect, test } from "vitest";
import { boundMs } from "./simulation/judge.ts";
import { playSchedules, spreadOf } from "./simulation/play-schedules.ts";
import { anyWeather } from "./simulation/weather.ts";

const runs = 1500;
/** On a busy machine a schedule takes some 10 ms. */
const timeoutMs = 120_000;
const steadyClocks = anyWeather.map((weather) => ({ ...weather, clockSteps: false }));

describe("lookups under lost broadcasts, slow and lost calls, outages, restarts and clock steps", () => {
  test(
    "never miss an older commit than allowed, never go back, and always show a caller its own write",
    async () => {
      const { answers, missedMs } = await playSchedules(anyWeather, runs);
      expect(answers).toBeGreaterThan(runs * 10);
      console.info(`${runs} schedules, ${answers} answers; oldest commit missed: ${spreadOf(missedMs)}`);
    },
    timeoutMs,
  );

  test(
    "keep the bound when every broadcast is lost",
    async () => {
      const { missedMs } = await playSchedules(
        steadyClocks.map((weather) => ({ ...weather, broadcastLoss: 1 })),
        runs / 5,
      );
      expect(missedMs.at(-1)).toBeLessThanOrEqual(boundMs);
      console.info(`without broadcasts; oldest commit missed: ${spreadOf(missedMs)}`);
    },
    timeoutMs,
  );

  test(
    "are mostly newer than 3 s when nothing goes wrong",
    async () => {
      const { missedMs } = await playSchedules(
        steadyClocks.map((weather) => ({
          ...weather,
          broadcastLoss: 0,
          slowness: 0,
          callLoss: 0,
          restarts: false,
          outages: false,
        })),
        runs / 5,
      );
      expect(missedMs[Math.floor(missedMs.length * 0.9)]).toBeLessThan(3000);
      console.info(`on a calm day; oldest commit missed: ${spreadOf(missedMs)}`);
    },
    timeoutMs,
  );
});
