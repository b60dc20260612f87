import fc from "fast-check";
import { expect, test } from "vitest";
import { canEverDo } from "../../../src/domain/dispatch/can-ever-do.ts";
import { holdMoreMs } from "../../../src/domain/dispatch/hold-places.ts";
import { aRunner, aWaitingJob, someNeeds } from "./a-pool.ts";
import { arbitraryJob, arbitraryRunners } from "./arbitrary-pool.ts";
import { type Lease, PoolModel } from "./pool-model.ts";

const second = 1000;
const mostWaiting = 12;
const longestSeconds = 60;

const arbitraryStream = fc.record({
  jobs: fc.array(fc.tuple(arbitraryJob, fc.integer({ min: 1, max: longestSeconds })), { minLength: 1, maxLength: 12 }),
  perSecond: fc.integer({ min: 1, max: 4 }),
});

/**
 * A job that some runner can do arrives in a pool that never has a quiet second: jobs of all kinds, with its own priority, keep coming.
 * Answers after how many seconds it was leased; null: not within `seconds`.
 */
function secondsUntilLeased(
  pool: PoolModel,
  job: ReturnType<typeof aWaitingJob>,
  stream: typeof arbitraryStream extends fc.Arbitrary<infer Stream> ? Stream : never,
  seconds: number,
): number | null {
  const ends = new Map<Lease, number>();
  let count = 0;
  const warmUp = 20;
  for (let at = -warmUp; at <= seconds; at++) {
    for (const [lease, end] of ends) {
      if (end > at) continue;
      pool.finish(lease);
      ends.delete(lease);
    }
    if (at === 0) pool.waiting.add(job);
    for (let nth = 0; nth < stream.perSecond; nth++) {
      const [small] = stream.jobs[count % stream.jobs.length] ?? [job];
      count += 1;
      // More that wait than one runner takes at once changes nothing.
      if (pool.waiting.size < mostWaiting) {
        pool.waiting.add({ ...small, runId: `run-${count}`, priority: 5, arrivedAtMs: at * second });
      }
    }
    for (const lease of pool.match(at * second)) {
      if (lease.job === job) return at;
      const [, lasts] = stream.jobs[Number(lease.runId.slice(4)) % stream.jobs.length] ?? [job, longestSeconds];
      ends.set(lease, at + lasts);
    }
  }
  return null;
}

test("a job that needs a whole runner is not overtaken for ever, whatever keeps coming", () => {
  fc.assert(
    fc.property(arbitraryRunners, fc.nat(3), fc.boolean(), arbitraryStream, (runners, which, wantsGpu, stream) => {
      const runner = runners[which % runners.length] ?? aRunner();
      const vram = Math.max(0, ...runner.devices.map((device) => device.vram_mb));
      const gpu = wantsGpu && vram > 0;
      const needs = someNeeds({
        gpu,
        vram_mb: gpu ? vram : 0,
        cpu_cores: runner.cpu_cores,
        memory_mb: runner.memory_mb,
      });
      const jobs = stream.jobs.filter(([small]) => runners.some((each) => canEverDo(small.needs, each)));
      fc.pre(jobs.length > 0);
      const job = aWaitingJob({ needs, runId: "the-job", priority: 5, arrivedAtMs: 0 });
      const capable = runners.filter((each) => canEverDo(needs, each));
      const places = capable.reduce((sum, { devices }) => sum + Math.max(1, devices.length), 0);
      // Until all its places are held, then the longest lease: for it, and for each job that came before it.
      const bound = (places * holdMoreMs) / second + longestSeconds * (mostWaiting + 1);
      expect(secondsUntilLeased(new PoolModel(runners), job, { ...stream, jobs }, bound)).not.toBeNull();
    }),
    { numRuns: 300 },
  );
});
