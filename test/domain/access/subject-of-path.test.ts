import { expect, it } from "vitest";
import { subjectOfPath } from "../../../src/domain/access/subject-of-path.ts";

it.each([
  ["/v1/templates", {}, "templates"],
  ["/v1/templates:batch", {}, "templates"],
  ["/v1/templates/{name}/versions/{version}", { name: "blur", version: "1.2.0" }, "templates/blur@1.2.0"],
  ["/v1/templates/{name}/versions/{version}:yank", { name: "blur", version: "1.2.0" }, "templates/blur@1.2.0"],
  ["/v1/templates/{name}/tags/{tag}", { name: "blur", tag: "stable" }, "templates/blur:stable"],
  ["/v1/functions/{reference}/runs", { reference: "numpy.blur@^1" }, "functions/numpy.blur@^1"],
  ["/v1/tokens/{token_id}:rotate", { token_id: "tok_1" }, "tokens/tok_1"],
  ["/v1/runs/{run_id}:cancel", { run_id: "a-run" }, "runs/a-run"],
  ["/v1/admin/gc", {}, "admin/gc"],
])("calls what %s of %j is about %s", (path, params, subject) => {
  expect(subjectOfPath(path, params)).toBe(subject);
});

it("is no longer than a subject may be, whatever somebody wrote into the path", () => {
  expect(subjectOfPath("/v1/tokens/{token_id}", { token_id: "x".repeat(5000) }).length).toBeLessThanOrEqual(300);
});
