import { expect, test } from "vitest";
import { type StringFormat, stringFormat } from "../../../../src/contract/template/field.ts";
import { matchesFormat } from "../../../../src/domain/template/value/matches-format.ts";

const texts: Record<StringFormat, { good: string[]; bad: string[] }> = {
  date: { good: ["2024-02-29"], bad: ["2023-02-29", "2024-2-9", "2024-01-01T00:00:00Z"] },
  time: { good: ["12:30:00Z", "12:30:00.25+02:00"], bad: ["12:30:00", "25:00:00Z", "12:30Z"] },
  "date-time": {
    good: ["2024-01-01T00:00:00Z", "2024-01-01T00:00:00.123-05:30"],
    bad: ["2024-01-01 00:00:00Z", "2024-01-01T00:00:00"],
  },
  duration: { good: ["P1D", "PT1H30M", "P2W"], bad: ["1h", "P", "PT"] },
  email: { good: ["a.b@example.org"], bad: ["a@b", "@example.org", "a b@example.org"] },
  hostname: { good: ["example.org", "localhost", "a-b.c"], bad: ["-a.org", "a_b.org", `${"a".repeat(64)}.org`] },
  ipv4: { good: ["10.0.0.1"], bad: ["10.0.0.256", "10.0.0", "010.0.0.1"] },
  ipv6: { good: ["::1", "2001:db8::8a2e:370:7334"], bad: ["::1::", "10.0.0.1", "2001:db8"] },
  uri: {
    good: ["https://example.org/a?b=c#d", "mailto:a@example.org", "urn:isbn:1"],
    bad: ["/a/b", "https://a b", "https://a/%zz", "example.org", "https://[::1", "http://a/#b#c"],
  },
  uuid: {
    good: ["123e4567-e89b-12d3-a456-426614174000"],
    bad: ["123e4567e89b12d3a456426614174000", "{123e4567-e89b-12d3-a456-426614174000}"],
  },
};

const cases = stringFormat.options.flatMap((format) => [
  ...texts[format].good.map((text): [StringFormat, string, boolean] => [format, text, true]),
  ...[...texts[format].bad, "", "\n"].map((text): [StringFormat, string, boolean] => [format, text, false]),
]);

test.each(cases)("%s on %j: %s", (format, text, expected) => {
  expect(matchesFormat(format, text)).toBe(expected);
});

test("a text far longer than any legal value is refused without looking at it", () => {
  const started = performance.now();
  for (const format of stringFormat.options) expect(matchesFormat(format, "a".repeat(1_000_000))).toBe(false);
  // Some of the expressions are quadratic: without a bound this takes minutes.
  expect(performance.now() - started).toBeLessThan(2000);
});
