import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Progress, progress } from "../../../src/contract/run/progress.ts";
import {
  overallProgress,
  percentOf,
  progressOfSuccess,
  type Stages,
  workDone,
} from "../../../src/domain/run/overall-progress.ts";

const at = "2026-03-01T00:00:00.000Z";
const ownStages: Stages = [
  { name: "load_model", weight: 2 },
  { name: "generate", weight: 7 },
  { name: "encode", weight: 1 },
];

/** A progress after a report of `execute` by half. */
function report(
  given: Partial<Parameters<typeof overallProgress>[0]["report"]> = {},
  before: Progress | null = null,
  stages: Stages | null = null,
): Progress {
  const told = { stage: "execute", fraction: 0.5, message: null, preview: null, ...given };
  return progress.parse(overallProgress({ before, report: told, stages, secondsLeft: null, at }));
}

describe("percent of the whole run", () => {
  test.each([
    ["queue", 0, 0],
    ["queue", 1, 5],
    ["prepare", 0, 5],
    ["prepare", 1, 20],
    ["execute", 0.5, 55],
    ["finish", 0, 90],
    ["finish", 0.5, 95],
  ])("without own stages: %s at %d is %d", (stage, fraction, percent) => {
    expect(report({ stage, fraction }).percent).toBe(percent);
  });

  test.each([
    ["prepare", 1, 20],
    ["load_model", 0, 20],
    ["load_model", 1, 34],
    ["generate", 0.5, 58.5],
    ["encode", 1, 90],
    ["execute", 0.5, 55],
    ["finish", 0.5, 95],
  ])("own stages share the handler's part: %s at %d is %d", (stage, fraction, percent) => {
    expect(report({ stage, fraction }, null, ownStages).percent).toBe(percent);
  });

  test("a template that names one of the four stages lays out the whole bar", () => {
    const stages = [
      { name: "prepare", weight: 1 },
      { name: "draw", weight: 3 },
    ];
    expect(percentOf("prepare", 1, stages)).toBe(25);
    expect(percentOf("draw", 0.5, stages)).toBe(62.5);
    expect(percentOf("finish", 0.5, stages)).toBeNull();
  });

  test("is 100 only after success", () => {
    expect(report({ stage: "finish", fraction: 1 }).percent).toBe(99);
    expect(progressOfSuccess(report({ message: "done" }), at)).toEqual({
      percent: 100,
      stage: "finish",
      fraction: 1,
      message: "done",
      eta_seconds: 0,
      preview: null,
      at,
    });
    expect(progressOfSuccess(null, at).percent).toBe(100);
  });

  test("never goes back, in whatever order reports come, for any stages", () => {
    const name = fc.constantFrom("queue", "prepare", "execute", "finish", "a", "b", "c", "unknown");
    const stages = fc.option(
      fc.uniqueArray(fc.record({ name, weight: fc.double({ min: 1e-3, max: 1e3, noNaN: true }) }), {
        minLength: 1,
        selector: (stage) => stage.name,
      }),
    );
    const reports = fc.array(fc.record({ stage: name, fraction: fc.double({ min: 0, max: 1, noNaN: true }) }));
    fc.assert(
      fc.property(stages, reports, (own, all) => {
        let before: Progress | null = null;
        for (const each of all) {
          const now: Progress = report(each, before, own);
          expect(now.percent).toBeGreaterThanOrEqual(before?.percent ?? 0);
          expect(now.percent).toBeLessThan(100);
          before = now;
        }
      }),
    );
  });

  test("grows with the fraction, and a stage begins where the one before ended", () => {
    const names = ["queue", "prepare", ...ownStages.map(({ name }) => name), "finish"];
    const points = names.flatMap((name) => [0, 0.3, 0.7, 1].map((fraction) => percentOf(name, fraction, ownStages)));
    expect(points).toEqual(points.toSorted((a, b) => (a ?? 0) - (b ?? 0)));
    expect(points.at(0)).toBe(0);
    expect(points.at(-1)).toBe(100);
  });
});

describe("a report", () => {
  test("of a stage that nobody declared changes the message only", () => {
    const before = report({ message: "drawing" });
    expect(report({ stage: "dreaming", fraction: 1, message: "asleep" }, before)).toEqual({
      ...before,
      message: "asleep",
    });
  });

  test("without a message keeps the one of its stage, and drops that of another", () => {
    const before = report({ message: "drawing" });
    expect(report({ fraction: 0.6 }, before).message).toBe("drawing");
    expect(report({ stage: "finish" }, before).message).toBeNull();
  });

  test("without a preview keeps the last one", () => {
    const preview = `sha256:${"a".repeat(64)}`;
    expect(report({}, report({ preview })).preview).toBe(preview);
  });

  test("of a later attempt shows its own stage, though the percent stays", () => {
    const before = report({ stage: "finish" });
    expect(report({ stage: "prepare", fraction: 0.5 }, before)).toMatchObject({
      percent: 95,
      stage: "prepare",
      fraction: 0.5,
    });
  });
});

test("the work done leaves out the time in the queue, and is null for a stage that is not known", () => {
  expect(workDone({ stage: "queue", fraction: 1 }, null)).toBe(0);
  expect(workDone({ stage: "queue", fraction: 0 }, null)).toBe(0);
  expect(workDone({ stage: "execute", fraction: 0.5 }, null)).toBeCloseTo(50 / 95);
  expect(workDone({ stage: "finish", fraction: 1 }, null)).toBe(1);
  expect(workDone({ stage: "dreaming", fraction: 1 }, null)).toBeNull();
});
