import { expect, it } from "vitest";
import { warningHeader } from "../../src/http/oci/warning-header.ts";

it("writes any text as a Warning of at most 4096 bytes whose quotes close where it ends", () => {
  const texts = [
    "short",
    'a "b" \\c',
    "ä\n\tü",
    '"'.repeat(5000),
    "\\".repeat(5000),
    `x${"\\".repeat(5000)}`,
    "y".repeat(5000),
    "",
  ];
  for (const text of texts) {
    const header = warningHeader(text);
    expect(header.length).toBeLessThanOrEqual(4096);
    // RFC 9110 section 5.6.4: a quoted string, and nothing after it.
    expect(header).toMatch(/^299 - "(?:[ !#-[\]-~]|\\["\\])*"$/);
    expect(new Headers({ Warning: header }).get("warning")).toBe(header);
  }
  expect(warningHeader('is it "slow"?')).toBe('299 - "is it \\"slow\\"?"');
});
