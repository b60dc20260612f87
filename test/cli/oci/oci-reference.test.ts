import { expect, test } from "vitest";
import { parseOciReference } from "../../../src/cli/oci/oci-reference.ts";

const digest = `sha256:${"a".repeat(64)}`;

test.each([
  ["models/sdxl", { repository: "models/sdxl", tags: [], digest: null }],
  ["models/sdxl:1.0", { repository: "models/sdxl", tags: ["1.0"], digest: null }],
  ["workflows/x:v1,stable,v1", { repository: "workflows/x", tags: ["v1", "stable"], digest: null }],
  [`a/b__c@${digest}`, { repository: "a/b__c", tags: [], digest }],
  [`a:v1@${digest}`, { repository: "a", tags: ["v1"], digest }],
])("%s is read", (text, expected) => {
  expect(parseOciReference(text)).toEqual(expected);
});

test.each([
  ["Models/x", "components of a-z"],
  ["models/x:", "a tag starts with"],
  ["models/x:v1,", "a tag starts with"],
  ["models/x:1.0+cpu", "a tag starts with"],
  ["models/x@sha256:abc", "sha256:… whole"],
  ["", "components of a-z"],
  ["localhost:8787/workflows/x:v1", "say workflows/x:v1; --url"],
  ["registry.example.com:443/a:v1", "say a:v1; --url"],
])("%s is refused", (text, why) => {
  expect(() => parseOciReference(text)).toThrow(why);
});
