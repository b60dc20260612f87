import { describe, expect, test } from "vitest";
import type { Capabilities } from "../../../src/contract/runner/capabilities.ts";
import { holdAfterMs, holdMoreMs } from "../../../src/domain/dispatch/hold-places.ts";
import type { RunnerRoom } from "../../../src/domain/dispatch/runner-room.ts";
import type { WaitingJob, WaitingJobs } from "../../../src/domain/dispatch/waiting-jobs.ts";
import { aDevice, aRunner, aWaitingJob, idleRoom, match, someNeeds, waitingJobs } from "./a-pool.ts";

const gpuNeeds = someNeeds({ gpu: true, vram_mb: 10_000 });

/** The room of an idle runner by a name, which is its id too. */
function room(name: string, capabilities: Partial<Capabilities> = {}, given: Partial<RunnerRoom> = {}): RunnerRoom {
  return idleRoom(aRunner({ runner_id: name, name, ...capabilities }), given);
}

/** Where the one job goes. */
function runnerOf(job: Partial<WaitingJob>, rooms: RunnerRoom[]): string | undefined {
  return match(waitingJobs(aWaitingJob(job)), rooms)[0]?.runnerId;
}

describe("a job goes to the runner", () => {
  test("that has most of what it wants loaded", () => {
    const rooms = [
      room("a", {}, { warm: new Set(["sdxl"]) }),
      room("b", {}, { warm: new Set(["sdxl", "sha256:1"]) }),
      room("c", { devices: [aDevice({ vram_mb: 10_000 })] }),
    ];
    expect(runnerOf({ needs: gpuNeeds, warmKeys: ["sha256:1", "sdxl"] }, rooms)).toBe("b");
  });

  test("whose device it leaves the least VRAM of", () => {
    const rooms = [room("a"), room("b", { devices: [aDevice({ vram_mb: 12_000 })] })];
    expect(runnerOf({ needs: gpuNeeds }, rooms)).toBe("b");
  });

  test("without GPUs, when it needs none", () => {
    expect(runnerOf({}, [room("a"), room("b", { devices: [] }, { slotsFree: 1 })])).toBe("b");
  });

  test("that is least busy, and among equals the one with the lowest id", () => {
    expect(runnerOf({}, [room("a", {}, { slotsFree: 1 }), room("b")])).toBe("b");
    expect(runnerOf({}, [room("b"), room("a")])).toBe("a");
  });

  test("that takes jobs", () => {
    expect(runnerOf({}, [room("a", {}, { isOpen: false }), room("b")])).toBe("b");
    expect(runnerOf({}, [room("a", {}, { isOpen: false })])).toBeUndefined();
  });
});

describe("a match", () => {
  test("gives out at most as many jobs as asked, the best-ranked ones", () => {
    const waiting = waitingJobs(
      aWaitingJob({ runId: "a", priority: 1 }),
      aWaitingJob({ runId: "b", priority: 9, needs: someNeeds({ memory_mb: 2 }) }),
      aWaitingJob({ runId: "c", priority: 9, arrivedAtMs: 1 }),
    );
    const rooms = [room("r", { slots: 8 })];
    expect(match(waiting, rooms, { most: 2 }).map(({ runId }) => runId)).toEqual(["b", "c"]);
    expect(match(waiting, rooms).map(({ runId }) => runId)).toEqual(["b", "c", "a"]);
    expect(match(waiting, rooms, { most: 0 })).toEqual([]);
  });

  test("keeps the order over all shapes", () => {
    const shape = (memoryMb: number) => someNeeds({ memory_mb: memoryMb });
    const waiting = waitingJobs(
      ...["a", "b", "c", "d", "e", "f"].map((runId, at) =>
        aWaitingJob({ runId, arrivedAtMs: at, needs: shape(1 + (at % 2)) }),
      ),
    );
    const went = match(waiting, [room("r", { slots: 5 })]).map(({ runId }) => runId);
    expect(went).toEqual(["a", "b", "c", "d", "e"]);
  });

  test("changes neither the rooms nor the jobs", () => {
    const waiting = waitingJobs(aWaitingJob({ needs: gpuNeeds }));
    const rooms = [room("r")];
    const before = structuredClone(rooms);
    expect(match(waiting, rooms)).toEqual([{ runId: "run-1", runnerId: "r", device: 0 }]);
    expect(rooms).toEqual(before);
    expect(waiting.size).toBe(1);
  });

  test("leaves a job in backoff alone until its time has come", () => {
    const waiting = waitingJobs(aWaitingJob({ notBeforeMs: 50 }));
    expect(match(waiting, [room("r")], { nowMs: 49 })).toEqual([]);
    expect(match(waiting, [room("r")], { nowMs: 50 })).toHaveLength(1);
  });

  test("is not held up by a job that no runner can do", () => {
    const impossible = aWaitingJob({ runId: "impossible", priority: 10, needs: someNeeds({ handler: "sing" }) });
    const waiting = waitingJobs(impossible, aWaitingJob({ runId: "possible", priority: 1 }));
    expect(match(waiting, [room("r")], { nowMs: 3_600_000 }).map(({ runId }) => runId)).toEqual(["possible"]);
    expect(match(waiting, [room("r")], { nowMs: 7_200_000 }).map(({ runId }) => runId)).toEqual(["possible"]);
  });

  test("sees what a runner newly says of itself, and runners that come, go and change places", () => {
    const waiting = waitingJobs(aWaitingJob({ needs: someNeeds({ handler: "sing" }) }));
    const [plain, singer] = [room("a"), room("b", { handlers: ["sing"] })];
    const runners = (...rooms: RunnerRoom[]) => match(waiting, rooms).map(({ runnerId }) => runnerId);
    expect(runners(plain)).toEqual([]);
    expect(runners(plain, singer)).toEqual(["b"]);
    expect(runners(singer, plain)).toEqual(["b"]);
    expect(runners(plain)).toEqual([]);
    expect(runners(room("a", { handlers: ["sing"] }))).toEqual(["a"]);
  });

  test("gives a job without a GPU no device, and one with a GPU the device's own index", () => {
    const waiting = waitingJobs(aWaitingJob({ runId: "cpu" }), aWaitingJob({ runId: "gpu", needs: gpuNeeds }));
    const rooms = [room("r", { devices: [aDevice({ index: 4 })] })];
    expect(match(waiting, rooms).map(({ runId, device }) => [runId, device])).toEqual([
      ["cpu", null],
      ["gpu", 4],
    ]);
  });
});

describe("a circuit", () => {
  const waiting = () =>
    waitingJobs(
      aWaitingJob({ runId: "1", handler: "bad", needs: someNeeds({ handler: "bad" }) }),
      aWaitingJob({ runId: "2", handler: "bad", needs: someNeeds({ handler: "bad", memory_mb: 2 }) }),
      aWaitingJob({ runId: "3", handler: "bad", needs: someNeeds({ handler: "bad" }) }),
      aWaitingJob({ runId: "4", handler: "good", needs: someNeeds({ handler: "good" }) }),
    );
  const rooms = [room("r", { slots: 8, handlers: ["bad", "good"] })];

  test("that is open keeps its handler's jobs back, and no others", () => {
    const found = match(waiting(), rooms, { mayStart: (handler) => handler !== "bad" });
    expect(found.map(({ runId }) => runId)).toEqual(["4"]);
  });

  test("on trial lets one job through, whatever its shape", () => {
    const found = match(waiting(), rooms, { mayStart: (handler) => (handler === "bad" ? "once" : true) });
    expect(found.map(({ runId }) => runId)).toEqual(["1", "4"]);
  });

  test("that is open holds no runner for the jobs it keeps back", () => {
    const jobs = waitingJobs(
      aWaitingJob({ runId: "big", handler: "bad", needs: someNeeds({ memory_mb: 30_000 }) }),
      aWaitingJob({ runId: "small", arrivedAtMs: 1 }),
    );
    const busy = [room("r", {}, { memoryMbFree: 1000, slotsFree: 1 })];
    for (const nowMs of [0, 10 * holdAfterMs]) {
      expect(match(jobs, busy, { nowMs, mayStart: (handler) => handler !== "bad" })).toHaveLength(1);
    }
  });
});

describe("for a job that has waited for 30 s and fits nowhere", () => {
  const big = aWaitingJob({ runId: "big", needs: someNeeds({ gpu: true, vram_mb: 20_000, memory_mb: 16_000 }) });
  const smallGpu = aWaitingJob({ runId: "small-gpu", arrivedAtMs: 1, needs: someNeeds({ gpu: true, vram_mb: 4000 }) });
  const smallCpu = aWaitingJob({ runId: "small-cpu", arrivedAtMs: 1 });
  /** A runner on which the big job lacks VRAM, and nothing else. */
  const halfFull = (name = "r", given: Partial<RunnerRoom> = {}) =>
    room(name, { slots: 8 }, { slotsFree: 7, vramMbFree: [12_000], ...given });
  const ids = (assignments: { runId: string }[]) => assignments.map(({ runId }) => runId);

  test("a runner is held: later jobs get nothing that it needs there", () => {
    const waiting = waitingJobs(big, smallGpu, smallCpu);
    expect(ids(match(waiting, [halfFull()], { nowMs: 0 }))).toEqual(["small-cpu", "small-gpu"]);
    expect(ids(match(waiting, [halfFull()], { nowMs: holdAfterMs - 1 }))).toEqual(["small-cpu", "small-gpu"]);
    expect(ids(match(waiting, [halfFull()], { nowMs: holdAfterMs }))).toEqual(["small-cpu"]);
    expect(ids(match(waiting, [idleRoom(halfFull().capabilities)], { nowMs: holdAfterMs + 1 }))[0]).toBe("big");
  });

  test("a job of a better rank still goes before", () => {
    const better = aWaitingJob({ ...smallGpu, runId: "better", priority: 6 });
    const waiting = waitingJobs(big, better);
    match(waiting, [halfFull()], { nowMs: 0, most: 0 });
    match(waiting, [halfFull()], { nowMs: 1 });
    expect(ids(match(waiting, [halfFull()], { nowMs: 1 + holdAfterMs }))).toEqual(["better"]);
  });

  test("the runner that lacks least is held first, and one more each 5 minutes", () => {
    const waiting = waitingJobs(big, smallGpu);
    const rooms = () => [halfFull("a", { vramMbFree: [6000] }), halfFull("b")];
    const runners = (nowMs: number) => match(waiting, rooms(), { nowMs }).map(({ runnerId }) => runnerId);
    expect(runners(0)).toEqual(["a"]);
    expect(match(waiting, [halfFull("b")], { nowMs: holdAfterMs })).toEqual([]);
    expect(runners(holdAfterMs)).toEqual(["a"]);
    expect(runners(holdMoreMs)).toEqual([]);
  });

  test("the second device of a runner is held too, after 5 minutes", () => {
    const waiting = waitingJobs(big, smallGpu);
    const devices = [aDevice(), aDevice({ index: 1 })];
    const twoHalfFull = [room("r", { slots: 8, devices }, { slotsFree: 6, vramMbFree: [12_000, 13_000] })];
    const devicesGiven = (nowMs: number) => match(waiting, twoHalfFull, { nowMs }).map(({ device }) => device);
    expect(devicesGiven(0)).toEqual([0]);
    expect(devicesGiven(holdAfterMs)).toEqual([0]);
    expect(devicesGiven(holdMoreMs)).toEqual([]);
  });

  describe("and a second one after it", () => {
    const second = aWaitingJob({
      ...big,
      runId: "second",
      arrivedAtMs: 1,
      needs: someNeeds({ gpu: true, vram_mb: 21_000 }),
    });
    const runnersGiven = (waiting: WaitingJobs, rooms: RunnerRoom[], nowMs: number) =>
      match(waiting, rooms, { nowMs }).map(({ runnerId }) => runnerId);

    test("only runners that the first could not use are held for the second", () => {
      const waiting = waitingJobs(big, second, smallGpu);
      const weak = halfFull("b", { capabilities: aRunner({ runner_id: "b", memory_mb: 15_999, slots: 8 }) });
      expect(runnersGiven(waiting, [halfFull("a"), weak], 0)).toEqual(["a"]);
      expect(runnersGiven(waiting, [halfFull("a"), weak], holdAfterMs + 1)).toEqual([]);
    });

    test("none is held for the second among those of the first, until that has gone", () => {
      const waiting = waitingJobs(big, second, { ...smallGpu, arrivedAtMs: 2 });
      const nowMs = holdAfterMs + 1;
      expect(runnersGiven(waiting, [halfFull("a"), halfFull("b")], nowMs)).toEqual(["b"]);
      expect(runnersGiven(waiting, [halfFull("a")], nowMs)).toEqual([]);
      waiting.remove("big");
      expect(runnersGiven(waiting, [halfFull("a")], nowMs)).toEqual([]);
      waiting.remove("second");
      expect(runnersGiven(waiting, [halfFull("a")], nowMs)).toEqual(["a"]);
    });
  });

  test("no device is held that others than our jobs keep too full", () => {
    const waiting = waitingJobs(big, smallGpu);
    const rooms = [halfFull("r", { vramMbFree: [12_000], vramMbOther: [12_576] })];
    for (const nowMs of [0, 10 * holdAfterMs]) expect(ids(match(waiting, rooms, { nowMs }))).toEqual(["small-gpu"]);
  });

  test("time in backoff does not count", () => {
    const waiting = waitingJobs({ ...big, notBeforeMs: 20_000 }, smallGpu);
    expect(ids(match(waiting, [halfFull()], { nowMs: holdAfterMs }))).toEqual(["small-gpu"]);
    expect(ids(match(waiting, [halfFull()], { nowMs: 20_000 + holdAfterMs }))).toEqual([]);
  });

  test("a clock that steps back holds nothing", () => {
    const waiting = waitingJobs({ ...big, arrivedAtMs: 250_000, priority: 10 }, smallGpu);
    expect(ids(match(waiting, [halfFull("a"), halfFull("b")], { nowMs: 0 }))).toEqual(["small-gpu"]);
  });
});
