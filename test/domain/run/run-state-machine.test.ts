import { describe, expect, test } from "vitest";
import { isFinal, type RunState, runState } from "../../../src/contract/run/run-state.ts";
import { mayCause, nextState, type RunEventName, runEvents } from "../../../src/domain/run/run-state-machine.ts";

const all: Record<RunState, Partial<Record<RunEventName, RunState>>> = {
  queued: { lease: "leased", fail: "failed", cancel: "cancelled" },
  leased: {
    start: "running",
    succeed: "succeeded",
    retry: "queued",
    release: "queued",
    fail: "failed",
    cancel: "cancelled",
  },
  running: { succeed: "succeeded", retry: "queued", release: "queued", fail: "failed", cancel: "cancelled" },
  succeeded: {},
  failed: {},
  cancelled: {},
};

const isEvent = (name: string): name is RunEventName => Object.hasOwn(runEvents, name);
const events = Object.keys(runEvents).filter(isEvent);
const pairs = runState.options.flatMap((state) => events.map((event) => ({ state, event })));

describe("the state of a run", () => {
  test.each(pairs)("$state, then $event", ({ state, event }) => {
    const next = nextState(state, event);
    const expected = all[state][event];
    if (expected !== undefined) expect(next).toEqual({ ok: true, value: expected });
    else expect(next).toMatchObject({ ok: false, failure: { code: isFinal(state) ? "RUN_ENDED" : "STATE_CONFLICT" } });
  });

  test("is told in a refusal, with what it must be", () => {
    expect(nextState("queued", "start")).toMatchObject({
      failure: { message: "a run that is queued cannot start; it must be leased" },
    });
  });
});

test("only the pool leases, only the runner brings a result, only the caller cancels", () => {
  const causes = (["edge", "pool", "runner", "caller"] as const).map((actor) => [
    actor,
    events.filter((event) => mayCause(actor, event)),
  ]);
  expect(Object.fromEntries(causes)).toEqual({
    edge: ["fail"],
    pool: ["lease", "retry", "fail"],
    runner: ["start", "succeed", "release"],
    caller: ["cancel"],
  });
});
