import { expect, test } from "vitest";
import { playSchedules, spreadOf } from "../operations/lookup/simulation/play-schedules.ts";
import { anyWeather } from "../operations/lookup/simulation/weather.ts";

const runs = Number(process.env.CALLSHEET_SIMULATION_RUNS ?? 100_000);

test("no schedule of many makes a lookup too old, go back, or hide a caller's own write", async () => {
  const { answers, missedMs } = await playSchedules(anyWeather, runs);
  expect(answers).toBeGreaterThan(runs * 10);
  console.info(`${runs} schedules, ${answers} answers; oldest commit missed: ${spreadOf(missedMs)}`);
});
