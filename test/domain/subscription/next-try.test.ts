import fc from "fast-check";
import { expect, it } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { nextTry } from "../../../src/domain/subscription/next-try.ts";

const dayMs = limits.deliveryTotalSeconds * 1000;

it("waits twice as long after each try, an hour at most", () => {
  const waits = Array.from({ length: 16 }, (_, at) => {
    const tried = { tries: at + 1, firstTryMs: 0, nowMs: 5000, retryAfterMs: null, random: 0 };
    return ((nextTry(tried) ?? 0) - 5000) / 1000;
  });
  expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024, 2048, 3600, 3600, 3600, 3600]);
});

it("does what a receiver asks for, but no longer than an hour", () => {
  const tried = { tries: 1, firstTryMs: 0, nowMs: 0, random: 0 };
  expect(nextTry({ ...tried, retryAfterMs: 120_000 })).toBe(120_000);
  expect(nextTry({ ...tried, retryAfterMs: 10 })).toBe(1000);
  expect(nextTry({ ...tried, retryAfterMs: 30 * dayMs })).toBe(3600_000);
});

it("always comes to an end: about a day after the first try, with a last try just then", () => {
  fc.assert(
    fc.property(
      fc.array(fc.record({ random: fc.double({ min: 0, max: 1, noNaN: true }), asked: fc.option(fc.nat(1e9)) }), {
        minLength: 200,
        maxLength: 200,
      }),
      fc.nat(15_000),
      (tries, tookMs) => {
        let nowMs = 1_700_000_000_000;
        const firstTryMs = nowMs;
        for (const [at, { random, asked }] of tries.entries()) {
          nowMs += tookMs;
          const next = nextTry({ tries: at + 1, firstTryMs, nowMs, retryAfterMs: asked, random });
          if (next === null) {
            expect(nowMs).toBeGreaterThanOrEqual(firstTryMs + dayMs);
            expect(nowMs).toBeLessThan(firstTryMs + dayMs + 20_000);
            return;
          }
          expect(next).toBeGreaterThan(nowMs);
          expect(next - nowMs).toBeLessThanOrEqual(3600_001);
          nowMs = next;
        }
        expect.unreachable("it is still tried after 200 tries");
      },
    ),
  );
});
