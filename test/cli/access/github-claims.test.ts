import { describe, expect, test } from "vitest";
import { claimsOf } from "../../../src/cli/access/github-claims.ts";

describe("the claims of a trusted publisher", () => {
  test.each([
    [{ github: "acme/templates" }, { repository: "acme/templates" }],
    [
      { github: "acme/templates", branch: "main" },
      { repository: "acme/templates", ref: "refs/heads/main" },
    ],
    [
      { github: "acme/templates", environment: "prod" },
      { repository: "acme/templates", environment: "prod" },
    ],
    [
      { github: "acme/templates", workflow: "release.yml" },
      { repository: "acme/templates", job_workflow_ref: "acme/templates/.github/workflows/release.yml@*" },
    ],
    [
      { github: "a/b", workflow: ".github/workflows/x.yml", branch: "main" },
      { repository: "a/b", ref: "refs/heads/main", job_workflow_ref: "a/b/.github/workflows/x.yml@refs/heads/main" },
    ],
    [
      { github: "acme/templates", claim: ["repository_id=42", "repository=acme/*"] },
      { repository: "acme/*", repository_id: "42" },
    ],
    [{ claim: ["project_path=acme/x", "ref=a=b"] }, { project_path: "acme/x", ref: "a=b" }],
  ])("of %j are %j", (flags, claims) => {
    expect(claimsOf(flags)).toEqual(claims);
  });

  test.each([
    [{}, "say whom to trust"],
    [{ branch: "main" }, "--branch is for --github"],
    [{ github: "acme" }, "write owner/repository"],
    [{ github: "https://github.com/acme/x" }, "write owner/repository"],
    [{ claim: ["ref"] }, "write key=value, like --claim"],
  ])("of %j are refused", (flags, message) => {
    expect(() => claimsOf(flags)).toThrow(message);
  });
});
