import { describe, expect, test } from "vitest";
import { afterEvent, afterRead, watchedRun } from "../../../src/cli/runs/watched-run.ts";
import { aFailure, aRun, at } from "./a-run.ts";

const progress = (percent: number) => ({
  percent,
  stage: "execute",
  fraction: 0.5,
  message: null,
  eta_seconds: null,
  preview: null,
  at: at(3),
});
const stateEvent = (state: "queued" | "running", more: object = {}) => ({
  id: 1,
  at: at(1),
  type: "state" as const,
  state,
  attempt: 1,
  runner: state === "queued" ? null : "gpu-box",
  failure: null,
  retry_at: null,
  ...more,
});

describe("a run that is watched", () => {
  test("follows its events", () => {
    const waiting = { why: "not_offered" as const, message: "on its way" };
    const queued = watchedRun(aRun("queued", { waiting }));
    expect(queued).toMatchObject({ state: "queued", runner: null, waiting });
    const running = afterEvent(queued, stateEvent("running"));
    expect(running).toMatchObject({ state: "running", runner: "gpu-box", attempt: 1, waiting: null });
    const moved = afterEvent(running, { id: 2, at: at(2), type: "progress", progress: progress(40) });
    expect(moved.progress?.percent).toBe(40);
  });

  test("that goes back to the queue says why, and when it is tried again", () => {
    const back = stateEvent("queued", { failure: aFailure(1), retry_at: at(9) });
    const queued = afterEvent(watchedRun(aRun("running", { attempt: 1 })), back);
    expect(queued).toMatchObject({ state: "queued", runner: null, failed: { retryAt: at(9) } });
    const read = afterRead(queued, aRun("queued", { attempt: 1 }));
    expect(read.failed?.failure.code).toBe("out_of_vram");
  });

  test("never goes back in percent when an answer is older than an event", () => {
    const running = { ...watchedRun(aRun("running", { attempt: 1 })), progress: progress(60) };
    expect(afterRead(running, aRun("running", { attempt: 1, progress: progress(40) })).progress?.percent).toBe(60);
    expect(afterRead(running, aRun("running", { attempt: 1, progress: progress(80) })).progress?.percent).toBe(80);
    expect(afterRead(running, aRun("running", { attempt: 2, progress: progress(5) })).progress?.percent).toBe(5);
  });
});
