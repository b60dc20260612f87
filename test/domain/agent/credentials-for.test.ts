import { expect, test } from "vitest";
import { agentCredentialsText } from "../../../src/contract/agent/credentials.ts";
import { credentialsFor } from "../../../src/domain/agent/credentials-for.ts";

const credentials = agentCredentialsText.parse('{"https://a.test/one/": {"Authorization": "Bearer s3cret"}}');

test("an agent is sent its credentials, whatever ends its address; others are sent none", () => {
  expect(credentialsFor(credentials, "https://a.test/one")).toEqual({ Authorization: "Bearer s3cret" });
  for (const other of ["https://a.test", "https://a.test/one/two", "https://a.test/on", "http://a.test/one"])
    expect(credentialsFor(credentials, other)).toEqual({});
});

test.each([
  ["no JSON", "Bearer s3cret"],
  ["a list", '["s3cret"]'],
  ["a name instead of an address", '{"builder": {"Authorization": "s3cret"}}'],
  ["headers that are the call's own", '{"https://a.test": {"content-LENGTH": "s3cret"}}'],
  ["a value of two lines", '{"https://a.test": {"X-Key": "s3cret\\nX-Other: 1"}}'],
])("%s are no credentials, and what says so does not tell them", (_, text) => {
  const parsed = agentCredentialsText.safeParse(text);
  expect(parsed.success).toBe(false);
  expect(String(parsed.error)).not.toContain("s3cret");
});
