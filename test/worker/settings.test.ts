import { expect, it } from "vitest";
import { settingsOf } from "../../src/worker/settings.ts";

it("is public to read and closed to push when nothing is set", () => {
  expect(settingsOf({})).toMatchObject({ PUBLIC_READS: true, ANONYMOUS_PUSH: false, ENVIRONMENT: "local" });
});

it.each(["staging", "production", "test", ""])("does not start where anyone could push, in %j", (environment) => {
  const given = { ENVIRONMENT: environment, ANONYMOUS_PUSH: "true" };
  expect(() => settingsOf(given)).toThrow("ANONYMOUS_PUSH lets anyone publish");
  expect(settingsOf({ ...given, ANONYMOUS_PUSH: "false" }).ANONYMOUS_PUSH).toBe(false);
  expect(settingsOf({ ...given, ENVIRONMENT: "local" }).ANONYMOUS_PUSH).toBe(true);
});

it("does not start with a value that it cannot read", () => {
  for (const PUBLIC_READS of ["", "perhaps", "2"]) expect(() => settingsOf({ PUBLIC_READS })).toThrow("PUBLIC_READS");
});
