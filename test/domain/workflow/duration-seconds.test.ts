import { expect, test } from "vitest";
import { duration } from "../../../src/contract/workflow/retry.ts";
import { durationSeconds } from "../../../src/domain/workflow/duration-seconds.ts";

test.each([
  [30, 30],
  [0.5, 0.5],
  ["500ms", 0.5],
  ["30s", 30],
  ["5m", 300],
  ["1.5h", 5400],
  ["7d", 604_800],
])("%s is %d seconds", (text, seconds) => {
  expect(durationSeconds(duration.parse(text))).toBeCloseTo(seconds, 9);
});

test.each(["", "5", "5 m", "5M", "-5s", "1e3s", "5w", "٥s", ".5s", "5.s"])("%j is no duration", (text) => {
  expect(duration.safeParse(text).success).toBe(false);
});
