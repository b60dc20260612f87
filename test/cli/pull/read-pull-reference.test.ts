import { expect, test } from "vitest";
import { readPullReference } from "../../../src/cli/pull/read-pull-reference.ts";

test.each([
  ["workflows/x:v1", "workflow/x@v1"],
  ["workflow/x:v1", "workflow/x@v1"],
  ["workflow/x@^1", "workflow/x@^1"],
  ["functions/numpy.sharpen:1.0.0", "function/numpy.sharpen@1.0.0"],
  ["x", "x"],
  ["x:v1", "x@v1"],
  ["numpy.sharpen@>=1 <2", "numpy.sharpen@>=1 <2"],
  [`x@sha256:${"a".repeat(64)}`, `x@sha256:${"a".repeat(64)}`],
])("%s is the artifact %s", (text, expected) => {
  expect(readPullReference(text, false)).toEqual({ type: "artifact", text: expected });
});

test.each([
  ["models/sdxl:1.0", false],
  ["workflows/x:v1", true],
  ["x:v1", true],
])("%s is a repository, where plain is %s", (text, isPlain) => {
  expect(readPullReference(text, isPlain)).toMatchObject({ type: "repository" });
});
