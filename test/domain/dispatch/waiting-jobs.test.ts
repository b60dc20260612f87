import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compareRank } from "../../../src/domain/dispatch/job-order.ts";
import { type WaitingJob, WaitingJobs } from "../../../src/domain/dispatch/waiting-jobs.ts";
import { aWaitingJob, someNeeds, waitingJobs } from "./a-pool.ts";

const minute = 60_000;

describe("jobs that wait", () => {
  test("go by priority, then by arrival, then by run id", () => {
    const waiting = waitingJobs(
      aWaitingJob({ runId: "d", arrivedAtMs: 2 }),
      aWaitingJob({ runId: "c", arrivedAtMs: 1 }),
      aWaitingJob({ runId: "b", arrivedAtMs: 1 }),
      aWaitingJob({ runId: "a", arrivedAtMs: 3, priority: 6 }),
    );
    expect(["a", "b", "c", "d"].map((runId) => waiting.positionOf(runId))).toEqual([1, 2, 3, 4]);
  });

  test("gain one step of priority a minute", () => {
    const waiting = waitingJobs(
      aWaitingJob({ runId: "old", priority: 1, arrivedAtMs: 0 }),
      aWaitingJob({ runId: "soon", priority: 10, arrivedAtMs: 9 * minute - 1 }),
      aWaitingJob({ runId: "late", priority: 10, arrivedAtMs: 9 * minute + 1 }),
    );
    expect(waiting.positionOf("soon")).toBe(1);
    expect(waiting.positionOf("old")).toBe(2);
    expect(waiting.positionOf("late")).toBe(3);
  });

  test("take the place of an earlier one with their run id", () => {
    const waiting = waitingJobs(aWaitingJob(), aWaitingJob({ needs: someNeeds({ memory_mb: 7 }) }));
    expect(waiting.size).toBe(1);
    expect(waiting.get("run-1")?.needs.memory_mb).toBe(7);
    expect(waiting.remove("run-1")).toBe(true);
    expect(waiting.remove("run-1")).toBe(false);
    expect(waiting.size).toBe(0);
    expect(headsOf(waiting)).toEqual([]);
  });

  test("have no place when they are not there", () => {
    expect(new WaitingJobs().positionOf("run-1")).toBeNull();
    expect(new WaitingJobs().get("run-1")).toBeNull();
    expect(new WaitingJobs().oldestArrivedAtMs()).toBeNull();
  });

  test("are one shape when they need the same, in whatever order it is written", () => {
    const models = [
      { name: "a", hash: null },
      { name: "b", hash: null },
    ];
    const waiting = waitingJobs(
      aWaitingJob({ runId: "1", needs: someNeeds({ models, labels: { x: "1", y: "2" } }), warmKeys: ["a"] }),
      aWaitingJob({ runId: "2", needs: someNeeds({ models: models.toReversed(), labels: { y: "2", x: "1" } }) }),
      aWaitingJob({ runId: "3", needs: someNeeds({ models, labels: { x: "1", y: "3" } }) }),
    );
    expect(headsOf(waiting).map(({ runId }) => runId)).toEqual(["1", "3"]);
  });
});

test.each<Partial<WaitingJob["needs"]>>([
  { gpu: true },
  { vram_mb: 1 },
  { cpu_cores: 2 },
  { memory_mb: 2 },
  { disk_mb: 1 },
  { compute_capability: "8.6" },
  { memory_type: "torch" },
  { models: [{ name: "a", hash: null }] },
  { handler: "draw" },
  { labels: { a: "b" } },
  { sandbox: true },
])("jobs that differ in %o are two shapes", (needs) => {
  const waiting = waitingJobs(aWaitingJob(), aWaitingJob({ runId: "other", needs: someNeeds(needs) }));
  expect(headsOf(waiting)).toHaveLength(2);
});

test("jobs of two handlers are two shapes, so that the circuit of one does not hold up the other", () => {
  expect(headsOf(waitingJobs(aWaitingJob(), aWaitingJob({ runId: "other", handler: "draw" })))).toHaveLength(2);
});

describe("a backoff", () => {
  const waiting = () =>
    waitingJobs(
      aWaitingJob({ runId: "ready", arrivedAtMs: 5 }),
      aWaitingJob({ runId: "first", arrivedAtMs: 1, notBeforeMs: 100 }),
      aWaitingJob({ runId: "second", arrivedAtMs: 2, notBeforeMs: 200 }),
    );

  test("puts a job before nobody until it ends, and back to its place then", () => {
    const jobs = waiting();
    expect(jobs.positionOf("ready")).toBe(1);
    jobs.wake(99);
    expect(jobs.positionOf("ready")).toBe(1);
    jobs.wake(100);
    expect(jobs.positionOf("ready")).toBe(2);
    expect(jobs.positionOf("first")).toBe(1);
  });

  test("says when the next one ends", () => {
    const jobs = waiting();
    expect(jobs.nextNotBeforeMs(0)).toBe(100);
    expect(jobs.nextNotBeforeMs(100)).toBe(200);
    expect(jobs.nextNotBeforeMs(200)).toBeNull();
  });

  test("does not hide when the oldest job arrived", () => {
    expect(waiting().oldestArrivedAtMs()).toBe(1);
  });
});

test("whatever is added, removed and woken, heads, places and sizes are those of a plain sorted list", () => {
  const arbitraryJob = fc.record({
    runId: fc.integer({ min: 0, max: 12 }).map((at) => `run-${at}`),
    priority: fc.integer({ min: 1, max: 10 }),
    arrivedAtMs: fc.integer({ min: 0, max: 20 * minute }),
    notBeforeMs: fc.constantFrom(0, 0, 5, 10, 15),
    needs: fc.integer({ min: 1, max: 3 }).map((memory) => someNeeds({ memory_mb: memory })),
  });
  const act = fc.oneof(
    arbitraryJob.map((job) => ({ act: "add" as const, job: aWaitingJob(job) })),
    fc.integer({ min: 0, max: 12 }).map((at) => ({ act: "remove" as const, runId: `run-${at}` })),
    fc.integer({ min: 0, max: 20 }).map((nowMs) => ({ act: "wake" as const, nowMs })),
  );
  fc.assert(
    fc.property(fc.array(act, { maxLength: 60, size: "max" }), (acts) => {
      const waiting = new WaitingJobs();
      const plain = new Map<string, { job: WaitingJob; isReady: boolean }>();
      for (const step of acts) {
        if (step.act === "add") {
          waiting.add(step.job);
          plain.set(step.job.runId, { job: step.job, isReady: step.job.notBeforeMs === 0 });
        } else if (step.act === "remove") {
          expect(waiting.remove(step.runId)).toBe(plain.delete(step.runId));
        } else {
          waiting.wake(step.nowMs);
          for (const entry of plain.values()) entry.isReady ||= entry.job.notBeforeMs <= step.nowMs;
        }
        check(waiting, [...plain.values()]);
      }
    }),
  );
});

/** The first ready jobs of all shapes. */
function headsOf(waiting: WaitingJobs): WaitingJob[] {
  return [...waiting.heads()].map(({ job }) => job);
}

function check(waiting: WaitingJobs, plain: { job: WaitingJob; isReady: boolean }[]): void {
  expect(waiting.size).toBe(plain.length);
  const ready = plain.filter(({ isReady }) => isReady).map(({ job }) => job);
  for (const { job } of plain) {
    const before = ready.filter((other) => compareRank(other, job) < 0).length;
    expect(waiting.positionOf(job.runId)).toBe(before + 1);
  }
  const shapes = new Set<number>();
  const heads = ready
    .toSorted(compareRank)
    .filter(({ needs }) => !shapes.has(needs.memory_mb) && shapes.add(needs.memory_mb));
  expect(headsOf(waiting)).toEqual(heads);
  const arrivals = plain.map(({ job }) => job.arrivedAtMs);
  expect(waiting.oldestArrivedAtMs()).toBe(arrivals.length === 0 ? null : Math.min(...arrivals));
}
