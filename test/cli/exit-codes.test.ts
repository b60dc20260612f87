import { expect, test } from "vitest";
import { exitCodeOf, exitCodes, exitCodesText, worstExitCode } from "../../src/cli/exit-codes.ts";

test("the exit status of several outcomes is the worst one's", () => {
  expect(worstExitCode([])).toBe(0);
  expect(worstExitCode([0, 1, 0])).toBe(1);
  expect(worstExitCode([1, 4, 0])).toBe(4);
  expect(worstExitCode([4, 6, 1])).toBe(6);
});

test("the help explains each exit status that a failure can have", () => {
  for (const code of [...Object.values(exitCodes), ...Object.values(exitCodeOf)]) {
    expect(exitCodesText).toMatch(new RegExp(`^ {2}${code} `, "m"));
  }
});
