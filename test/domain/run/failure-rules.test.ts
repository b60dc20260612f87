import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { failureClass, type RunFailure, runFailureCode } from "../../../src/contract/run/run-failure.ts";
import { jobNeeds } from "../../../src/contract/runner/job.ts";
import { type AfterFailure, afterFailure, failureClassOf } from "../../../src/domain/run/failure-rules.ts";
import { aDevice, someNeeds } from "../dispatch/a-pool.ts";

function aFailure(given: Partial<RunFailure> = {}): RunFailure {
  return {
    class: "transient",
    code: "handler_error",
    message: "it broke",
    detail: null,
    attempt: 1,
    runner: "gpu-1",
    at: "2026-03-01T00:00:00.000Z",
    ...given,
  };
}

/** What follows the first of three attempts. */
function after(failure: Partial<RunFailure>, given: Partial<Parameters<typeof afterFailure>[0]> = {}): AfterFailure {
  return afterFailure({
    failure: aFailure(failure),
    needs: someNeeds({ memory_mb: 2048 }),
    attempt: 1,
    maxAttempts: 3,
    hadUnknown: false,
    device: null,
    random: 1,
    nowMs: 1000,
    ...given,
  });
}

describe("a failure of class", () => {
  test("transient is followed by another attempt, after up to 2 s, 4 s, 8 s … 300 s", () => {
    const waits = [1, 2, 3, 8, 9, 19].map((attempt) => {
      const next = after({}, { attempt, maxAttempts: 20 });
      return next.next === "retry" ? next.notBeforeMs - 1000 : null;
    });
    expect(waits).toEqual([2000, 4000, 8000, 256_000, 300_000, 300_000]);
    expect(after({}, { random: 0.25 })).toMatchObject({ notBeforeMs: 1500 });
    expect(after({}, { random: 0 })).toMatchObject({ notBeforeMs: 1000 });
  });

  test("validation or permanent is followed by none", () => {
    expect(after({ class: "validation" })).toEqual({
      next: "fail",
      why: "not tried again after attempt 1 of 3: the same inputs would fail again",
    });
    expect(after({ class: "permanent" })).toEqual({
      next: "fail",
      why: "not tried again after attempt 1 of 3: another attempt would fail too",
    });
  });

  test("unknown is followed by one more, once in a run", () => {
    expect(after({ class: "unknown" }).next).toBe("retry");
    expect(after({ class: "unknown" }, { attempt: 2, hadUnknown: true })).toEqual({
      next: "fail",
      why: "not tried again after attempt 2 of 3: it failed twice without a known reason",
    });
    expect(after({ class: "transient" }, { attempt: 2, hadUnknown: true }).next).toBe("retry");
  });

  test("resource for VRAM asks for a device larger than the one that failed, and half as much again", () => {
    const needs = someNeeds({ gpu: true, vram_mb: 8001 });
    const code = { class: "resource", code: "out_of_vram" } as const;
    const vramAfter = (vramMb: number | null) => {
      const next = after(code, { needs, device: vramMb === null ? null : aDevice({ vram_mb: vramMb }) });
      return next.next === "retry" ? next.needs.vram_mb : null;
    };
    expect(vramAfter(24_576)).toBe(24_577);
    expect(vramAfter(8001)).toBe(12_002);
    expect(vramAfter(null)).toBe(12_002);
  });

  test("resource for memory asks for twice as much", () => {
    const next = after({ class: "resource", code: "out_of_memory" });
    expect(next).toMatchObject({ next: "retry", needs: { memory_mb: 4096 } });
  });

  test("resource for VRAM asks a job without a GPU for none", () => {
    expect(after({ class: "resource", code: "out_of_vram" })).toMatchObject({ needs: someNeeds({ memory_mb: 2048 }) });
  });
});

describe("attempts", () => {
  test("that are spent end the run, and it says so", () => {
    expect(after({}, { attempt: 3 })).toEqual({ next: "fail", why: "its 3 attempts are spent" });
    expect(after({}, { maxAttempts: 1 })).toEqual({ next: "fail", why: "its one attempt is spent" });
  });

  test("are never more than the run has, whatever fails, and needs only grow and stay legal", () => {
    const failures = fc.record({
      class: fc.constantFrom(...failureClass.options),
      code: fc.constantFrom(...runFailureCode.options),
      random: fc.double({ min: 0, max: 1, noNaN: true }),
    });
    fc.assert(
      fc.property(
        fc.array(failures, { minLength: 25, maxLength: 25 }),
        fc.integer({ min: 1, max: 20 }),
        fc.boolean(),
        (all, maxAttempts, gpu) => {
          let needs = someNeeds({ memory_mb: 1_000_000, gpu, vram_mb: gpu ? 24_576 : 0 });
          let hadUnknown = false;
          let attempt = 0;
          for (const { random, ...failure } of all) {
            attempt += 1;
            expect(attempt).toBeLessThanOrEqual(maxAttempts);
            const next = after(failure, { needs, attempt, maxAttempts, hadUnknown, random, device: aDevice() });
            hadUnknown ||= failureClassOf(failure.code, failure.class) === "unknown";
            if (next.next === "fail") return;
            expect(next.notBeforeMs).toBeGreaterThanOrEqual(1000);
            expect(next.needs.memory_mb).toBeGreaterThanOrEqual(needs.memory_mb);
            expect(next.needs.vram_mb).toBeGreaterThanOrEqual(needs.vram_mb);
            needs = jobNeeds.parse(next.needs);
          }
          expect.unreachable("a run never ended");
        },
      ),
    );
  });
});

test("some codes have one class, whatever the runner says", () => {
  expect(failureClassOf("lease_expired", "permanent")).toBe("transient");
  expect(failureClassOf("runner_lost", "unknown")).toBe("transient");
  expect(failureClassOf("timed_out", "transient")).toBe("permanent");
  expect(failureClassOf("handler_error", "transient")).toBe("transient");
  expect(after({ code: "timed_out", class: "transient" }).next).toBe("fail");
});
