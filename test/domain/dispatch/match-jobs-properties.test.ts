import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { canEverDo } from "../../../src/domain/dispatch/can-ever-do.ts";
import { findPlace } from "../../../src/domain/dispatch/find-place.ts";
import { compareRank } from "../../../src/domain/dispatch/job-order.ts";
import { shapeKey } from "../../../src/domain/dispatch/job-shape.ts";
import type { WaitingJob } from "../../../src/domain/dispatch/waiting-jobs.ts";
import { aRunner, aWaitingJob, idleRoom } from "./a-pool.ts";
import { arbitraryJob, arbitraryRunners } from "./arbitrary-pool.ts";
import { type Lease, PoolModel } from "./pool-model.ts";

const minute = 60_000;

/** What can happen in a pool; times only go on. */
const arbitraryAct = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constant("arrive" as const), job: arbitraryJob, afterMs: fc.nat(2 * minute) }),
  },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("match" as const), most: fc.constantFrom(1, 2, 1000) }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant("finish" as const), which: fc.nat(50) }) },
);

/** Plays acts; `onMatch` sees each match: what waited ready before it, and what was leased. */
function play(
  pool: PoolModel,
  acts: readonly (typeof arbitraryAct extends fc.Arbitrary<infer Act> ? Act : never)[],
  onMatch: (ready: WaitingJob[], leased: Lease[], most: number) => void,
): void {
  let nowMs = 0;
  const jobs: WaitingJob[] = [];
  for (const [at, step] of acts.entries()) {
    if (step.act === "arrive") {
      nowMs += step.afterMs;
      const job = { ...step.job, runId: `run-${at}`, arrivedAtMs: nowMs };
      jobs.push(job);
      pool.waiting.add(job);
    } else if (step.act === "match") {
      const ready = jobs.filter(({ runId }) => pool.waiting.has(runId));
      onMatch(ready, pool.match(nowMs, step.most), step.most);
    } else {
      const lease = pool.leases[step.which % Math.max(1, pool.leases.length)];
      if (lease !== undefined) pool.finish(lease);
    }
  }
}

const acts = fc.array(arbitraryAct, { maxLength: 80, size: "max" });

describe("whatever arrives and finishes", () => {
  test("no slot, core, memory, disk or device is given twice", () => {
    fc.assert(
      fc.property(arbitraryRunners, acts, (runners, steps) => {
        const pool = new PoolModel(runners);
        play(pool, steps, () => {
          for (const room of pool.rooms()) {
            const left = [room.slotsFree, room.cpuCoresFree, room.memoryMbFree, room.diskMbFree, ...room.vramMbFree];
            expect(Math.min(...left)).toBeGreaterThanOrEqual(0);
          }
        });
      }),
    );
  });

  test("a job goes only where it can be done, and to a device exactly if it needs one", () => {
    fc.assert(
      fc.property(arbitraryRunners, acts, (runners, steps) => {
        play(new PoolModel(runners), steps, (_, leased) => {
          for (const { job, runnerId, device } of leased) {
            const runner = runners.find((each) => each.runner_id === runnerId);
            expect(runner !== undefined && canEverDo(job.needs, runner)).toBe(true);
            const given = runner?.devices.find(({ index }) => index === device);
            expect(given !== undefined).toBe(job.needs.gpu);
            expect(job.needs.gpu || device === null).toBe(true);
          }
        });
      }),
    );
  });

  test("of the jobs that need the same, those of the best rank go", () => {
    fc.assert(
      fc.property(arbitraryRunners, acts, (runners, steps) => {
        play(new PoolModel(runners), steps, (ready, leased) => {
          const went = new Set(leased.map(({ runId }) => runId));
          for (const job of ready.filter(({ runId }) => went.has(runId))) {
            const before = ready.filter((other) => shapeKey(other) === shapeKey(job) && compareRank(other, job) < 0);
            expect(before.every(({ runId }) => went.has(runId))).toBe(true);
          }
        });
      }),
    );
  });

  test("no job that fits is left, as long as none has waited for 30 s", () => {
    fc.assert(
      fc.property(arbitraryRunners, fc.array(arbitraryJob, { maxLength: 30, size: "max" }), (runners, jobs) => {
        const pool = new PoolModel(runners);
        for (const [at, job] of jobs.entries()) pool.waiting.add({ ...job, runId: `run-${at}` });
        pool.match(0);
        const left = jobs.filter((_, at) => pool.waiting.has(`run-${at}`));
        for (const job of left) expect(pool.rooms().some((room) => findPlace(job.needs, room) !== null)).toBe(false);
      }),
    );
  });

  test("a job has a place on an idle runner exactly if the runner can ever do it", () => {
    fc.assert(
      fc.property(arbitraryRunners, arbitraryJob, (runners, { needs }) => {
        for (const runner of runners) {
          expect(findPlace(needs, idleRoom(runner)) !== null).toBe(canEverDo(needs, runner));
        }
      }),
    );
  });
});

const arbitraryArrivals = fc.array(fc.record({ priority: fc.integer({ min: 1, max: 10 }), afterMs: fc.nat(minute) }), {
  minLength: 1,
  maxLength: 60,
  size: "max",
});

/** Jobs of one shape, each some time after the one before. */
function arrivals(given: readonly { priority: number; afterMs: number }[]): WaitingJob[] {
  let nowMs = 0;
  return given.map(({ priority, afterMs }, at) => {
    nowMs += afterMs;
    return aWaitingJob({ runId: `run-${String(at).padStart(2, "0")}`, priority, arrivedAtMs: nowMs });
  });
}

describe("on a runner that does one job at a time", () => {
  test("a job is overtaken only by jobs that arrived within 9 minutes of it", () => {
    fc.assert(
      fc.property(arbitraryArrivals, fc.integer({ min: minute / 4, max: 4 * minute }), (given, jobMs) => {
        const pool = new PoolModel([aRunner({ slots: 1 })]);
        const coming = arrivals(given);
        const went: WaitingJob[] = [];
        for (let nowMs = 0; went.length < given.length; nowMs += jobMs) {
          while (coming[0] !== undefined && coming[0].arrivedAtMs <= nowMs)
            pool.waiting.add(coming.shift() ?? coming[0]);
          for (const lease of pool.match(nowMs)) {
            went.push(lease.job);
            pool.finish(lease);
          }
        }
        const tooLate = went.flatMap((job, at) =>
          went.slice(0, at).filter((before) => before.arrivedAtMs - job.arrivedAtMs > 9 * minute),
        );
        expect(tooLate).toEqual([]);
      }),
    );
  });

  test("jobs go in the order that their positions say", () => {
    fc.assert(
      fc.property(arbitraryArrivals, (given) => {
        const pool = new PoolModel([aRunner({ slots: 1 })]);
        const jobs = arrivals(given);
        for (const job of jobs) pool.waiting.add(job);
        const positions = jobs.map(({ runId }) => ({ runId, position: pool.waiting.positionOf(runId) ?? 0 }));
        const expected = positions.sort((a, b) => a.position - b.position).map(({ runId }) => runId);
        const went = jobs.map(() => {
          const [lease] = pool.match(0, 1);
          if (lease !== undefined) pool.finish(lease);
          return lease?.runId;
        });
        expect(went).toEqual(expected);
      }),
    );
  });
});
