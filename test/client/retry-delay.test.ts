import { expect, test } from "vitest";
import { maxRetryDelayMs, readRetryAfter, retryDelay } from "../../src/client/retry-delay.ts";

const nowMs = Date.parse("2026-11-21T12:00:00Z");

test.each([
  [null, null],
  ["3", 3],
  ["0", 0],
  ["Sat, 21 Nov 2026 12:00:05 GMT", 5],
  ["Sat, 21 Nov 2026 11:00:00 GMT", 0],
  ["soon", null],
  ["-1", null],
])("Retry-After %j asks for %j seconds", (header, seconds) => {
  expect(readRetryAfter(header, nowMs)).toBe(seconds);
});

test("without Retry-After the wait doubles", () => {
  expect([2, 3, 4].map((attempt) => retryDelay(attempt, null))).toEqual([250, 500, 1000]);
});

test("a registry that asks for more than a caller should wait gets no further try", () => {
  expect(retryDelay(2, maxRetryDelayMs / 1000)).toBe(maxRetryDelayMs);
  expect(retryDelay(2, maxRetryDelayMs / 1000 + 1)).toBeNull();
});
