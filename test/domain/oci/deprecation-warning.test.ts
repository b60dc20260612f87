import { expect, it } from "vitest";
import { deprecationWarning } from "../../../src/domain/oci/deprecation-warning.ts";

it("says what is deprecated, why, what to use and until when it is served", () => {
  const what = "workflows/build:1.0.0";
  const nothing = { what, message: null, successor: null, sunset: null };
  expect(deprecationWarning(nothing)).toBe("workflows/build:1.0.0 is deprecated");
  expect(
    deprecationWarning({ what, message: "it is slow", successor: "build@2.0.0", sunset: "2027-01-01T00:00:00Z" }),
  ).toBe(
    "workflows/build:1.0.0 is deprecated: it is slow; use build@2.0.0; it will not be served after 2027-01-01T00:00:00Z",
  );
});
