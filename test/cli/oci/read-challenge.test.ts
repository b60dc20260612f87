import { expect, test } from "vitest";
import { readChallenge } from "../../../src/cli/oci/read-challenge.ts";

test.each([
  [
    'Bearer realm="http://x/v2/token",service="callsheet",scope="repository:a/b:pull,push"',
    { scheme: "bearer", realm: "http://x/v2/token", service: "callsheet", scope: "repository:a/b:pull,push" },
  ],
  ['bearer  realm = "http://x" , service=y', { scheme: "bearer", realm: "http://x", service: "y", scope: null }],
  ['BASIC realm="a \\"quoted\\" one"', { scheme: "basic", realm: 'a "quoted" one', service: null, scope: null }],
  ["Digest realm=x", null],
  ["Bearer", null],
  ["", null],
  [null, null],
])("the challenge %s is read", (header, expected) => {
  expect(readChallenge(header)).toEqual(expected);
});
