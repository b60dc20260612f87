import { describe, expect, test } from "vitest";
import { readDuration, readDurationOrNever, readMoment } from "../../src/cli/read-duration.ts";

test.each([
  ["90s", 90],
  ["15m", 900],
  ["24H", 86_400],
  ["90d", 7_776_000],
  ["2w", 1_209_600],
  ["0s", 0],
])("%s is %d seconds", (text, seconds) => {
  expect(readDuration(text)).toBe(seconds);
});

test.each(["", "90", "d", "-1d", "1.5h", "1y", "never", "9999999999d"])("%j is no span of time", (text) => {
  expect(() => readDuration(text)).toThrow("Write a number and s, m, h, d or w");
});

test("never is no span at all", () => {
  expect(readDurationOrNever("Never")).toBe("never");
  expect(readDurationOrNever("1m")).toBe(60);
});

describe("a moment", () => {
  test.each([
    ["2027-01-31", "2027-01-31T00:00:00.000Z"],
    ["2027-01-31T12:00Z", "2027-01-31T12:00:00.000Z"],
    ["2027-01-31T12:00:00.5+02:00", "2027-01-31T10:00:00.500Z"],
  ])("%s is %s", (text, moment) => {
    expect(readMoment(text)).toBe(moment);
  });

  test("may be told as how long ago it was", () => {
    const ago = Date.now() - Date.parse(readMoment("24h"));
    expect(Math.round(ago / 3_600_000)).toBe(24);
  });

  test.each(["yesterday", "2027-13-40", "2027-01-31T12:00:00", "24", "1y"])("is not %j", (text) => {
    expect(() => readMoment(text)).toThrow("Write how long ago");
  });
});
