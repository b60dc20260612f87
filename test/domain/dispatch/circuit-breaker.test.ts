import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { FailureClass } from "../../../src/contract/run/run-failure.ts";
import {
  type Circuit,
  circuitAfterFailure,
  circuitAfterNoAnswer,
  circuitAfterSuccess,
  circuitFailures,
  circuitOnTry,
  circuitOpenMostMs,
  circuitOpenMs,
  closedCircuit,
  mayTry,
} from "../../../src/domain/dispatch/circuit-breaker.ts";

/** A circuit after failures of a class at 0 ms. */
function after(count: number, failureClass: FailureClass = "unknown", from: Circuit = closedCircuit): Circuit {
  let circuit = from;
  for (let at = 0; at < count; at++) circuit = circuitAfterFailure(circuit, failureClass, 0);
  return circuit;
}

describe("a circuit", () => {
  test("stays closed for 4 failures and opens for 30 s at the fifth", () => {
    expect(mayTry(after(circuitFailures - 1), 0)).toBe(true);
    const open = after(circuitFailures);
    expect(open.state).toBe("open");
    expect(mayTry(open, circuitOpenMs - 1)).toBe(false);
    expect(mayTry(open, circuitOpenMs)).toBe("once");
  });

  test("counts failures in a row: a success begins anew", () => {
    const circuit = after(1, "permanent", circuitAfterSuccess(after(circuitFailures - 1, "permanent")));
    expect(circuit).toEqual({ state: "closed", failures: 1 });
  });

  test.each(["transient", "resource", "validation"] as const)(
    "is not opened by failures of class %s",
    (failureClass) => {
      expect(after(100, failureClass)).toEqual(closedCircuit);
      expect(after(1, "unknown", after(100, failureClass, after(circuitFailures - 1))).state).toBe("open");
    },
  );

  test("lets nobody through while one is on trial", () => {
    const trial = circuitOnTry(after(circuitFailures), circuitOpenMs);
    expect(trial.state).toBe("half_open");
    expect(mayTry(trial, circuitOpenMs)).toBe(false);
  });

  test("closes when the trial succeeds, and opens for twice as long when it fails, up to 15 minutes", () => {
    expect(circuitAfterSuccess(circuitOnTry(after(circuitFailures), circuitOpenMs))).toEqual(closedCircuit);
    let circuit = after(circuitFailures);
    let nowMs = 0;
    const openFor: number[] = [];
    for (let trial = 0; trial < 8; trial++) {
      nowMs = circuit.state === "closed" ? 0 : circuit.untilMs;
      circuit = circuitAfterFailure(circuitOnTry(circuit, nowMs), "permanent", nowMs);
      openFor.push(circuit.state === "open" ? circuit.untilMs - nowMs : 0);
    }
    expect(openFor.slice(0, 4)).toEqual([60_000, 120_000, 240_000, 480_000]);
    expect(openFor.slice(5)).toEqual([circuitOpenMostMs, circuitOpenMostMs, circuitOpenMostMs]);
  });

  test("takes another trial at once when one ends without a word about the handler", () => {
    const trial = circuitOnTry(after(circuitFailures), circuitOpenMs);
    expect(mayTry(circuitAfterNoAnswer(trial, 40_000), 40_000)).toBe("once");
    expect(mayTry(circuitAfterFailure(trial, "transient", 40_000), 40_000)).toBe("once");
  });

  test("takes another trial after a while when nobody ever tells of one", () => {
    const trial = circuitOnTry(after(circuitFailures), circuitOpenMs);
    expect(mayTry(trial, 2 * circuitOpenMs)).toBe("once");
  });

  test("does not stay open longer for jobs that had started before", () => {
    const open = after(circuitFailures);
    expect(circuitAfterFailure(open, "unknown", 20_000)).toEqual({ ...open, failures: circuitFailures + 1 });
  });

  test("always lets a job through again within 15 minutes, whatever happens", () => {
    const step = fc.record({
      act: fc.constantFrom("permanent", "unknown", "transient", "resource", "validation", "success", "try", "none"),
      afterMs: fc.nat(circuitOpenMostMs),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: "max" }), (steps) => {
        let circuit = closedCircuit;
        let nowMs = 0;
        for (const { act, afterMs } of steps) {
          nowMs += afterMs;
          if (act === "success") circuit = circuitAfterSuccess(circuit);
          else if (act === "none") circuit = circuitAfterNoAnswer(circuit, nowMs);
          else if (act !== "try") circuit = circuitAfterFailure(circuit, act, nowMs);
          else if (mayTry(circuit, nowMs) !== false) circuit = circuitOnTry(circuit, nowMs);
          expect(mayTry(circuit, nowMs + circuitOpenMostMs)).not.toBe(false);
        }
      }),
    );
  });
});
