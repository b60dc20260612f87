import { expect, test } from "vitest";
import { whyNotAsked } from "../../../src/operations/access/read-public-json.ts";

test.each([
  "http://issuer.example.com",
  "https://localhost",
  "https://127.0.0.1/",
  "https://10.1.2.3",
  "https://[::1]/",
  "https://[fd00::1]/",
  "https://metadata.internal/",
  "https://intranet/",
  "https://0x7f.1/",
])("%s is asked on one's own machine only", (url) => {
  expect(whyNotAsked(url, false)).not.toBeNull();
  expect(whyNotAsked(url, true)).toBeNull();
});

test("what is public and encrypted is asked", () => {
  expect(whyNotAsked("https://token.actions.githubusercontent.com", false)).toBeNull();
});
