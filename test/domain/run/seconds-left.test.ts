import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { medianOf, secondsLeft } from "../../../src/domain/run/seconds-left.ts";

describe("the time that a run still takes", () => {
  test("is that of past runs before it has done anything", () => {
    expect(secondsLeft({ medianSeconds: 100, elapsedSeconds: 0, fraction: 0 })).toBe(100);
    expect(secondsLeft({ medianSeconds: 100, elapsedSeconds: 30, fraction: 0 })).toBe(70);
  });

  test("is by its own pace when there are no past runs", () => {
    expect(secondsLeft({ medianSeconds: null, elapsedSeconds: 30, fraction: 0.25 })).toBe(90);
  });

  test("is unknown when nothing is known", () => {
    expect(secondsLeft({ medianSeconds: null, elapsedSeconds: 30, fraction: 0 })).toBeNull();
    expect(secondsLeft({ medianSeconds: 20, elapsedSeconds: 30, fraction: 0 })).toBeNull();
  });

  test("is exact for a run that goes as past ones did", () => {
    for (const fraction of [0.1, 0.5, 0.9]) {
      expect(secondsLeft({ medianSeconds: 80, elapsedSeconds: 80 * fraction, fraction })).toBeCloseTo(
        80 * (1 - fraction),
      );
    }
  });

  test("follows the run's own pace the more, the longer it takes than past ones did", () => {
    expect(secondsLeft({ medianSeconds: 10, elapsedSeconds: 100, fraction: 0.5 })).toBeCloseTo(100);
  });

  test("is nothing when all work is done, and lies between what past runs and its own pace say", () => {
    const seconds = fc.double({ min: 0, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(seconds, seconds, fc.double({ min: 0.01, max: 1, noNaN: true }), (median, elapsed, fraction) => {
        const left = secondsLeft({ medianSeconds: median, elapsedSeconds: elapsed, fraction });
        const byPace = (elapsed * (1 - fraction)) / fraction;
        const byPast = Math.max(0, median - elapsed);
        expect(left).toBeGreaterThanOrEqual(Math.min(byPace, byPast) * (1 - 1e-9));
        expect(left).toBeLessThanOrEqual(Math.max(byPace, byPast) * (1 + 1e-9));
      }),
    );
    expect(secondsLeft({ medianSeconds: null, elapsedSeconds: 5, fraction: 1 })).toBe(0);
  });
});

test("the median is the value in the middle, the mean of two for an even number, and null of none", () => {
  expect(medianOf([3, 100, 1])).toBe(3);
  expect(medianOf([4, 1, 3, 2])).toBe(2.5);
  expect(medianOf([])).toBeNull();
});
