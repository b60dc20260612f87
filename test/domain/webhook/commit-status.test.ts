import fc from "fast-check";
import { expect, test } from "vitest";
import type { Issue } from "../../../src/contract/issue.ts";
import type { FileOutcome, PushOutcome } from "../../../src/contract/webhook/delivery.ts";
import { commitStatusOf, refusalText } from "../../../src/domain/webhook/commit-status.ts";

const anIssue = (message: string, line: number | null): Issue => ({
  ...{ severity: "error", path: "", line, column: null, code: "bad", message, suggestion: null },
});
const aFile = (path: string, ...issues: Issue[]): FileOutcome => ({
  ...{ path, change: "modified", previous_path: null, status: "rejected", artifacts: [] },
  ...{ code: "INVALID_DOCUMENT", message: "refused", issues },
});
const anOutcome = (counts: PushOutcome["counts"], files: FileOutcome[] = [], dry_run = false): PushOutcome => ({
  ...{ commit: "c", base: null, dry_run, files, counts, seq: null },
});

test("a green status says what was done, a plan what would be", () => {
  const done = { state: "succeeded", reason: null } as const;
  const outcome = anOutcome({ deprecated: 1, created: 3, skipped: 7 });
  expect(commitStatusOf({ ...done, outcome })).toEqual({ state: "success", description: "3 published, 1 deprecated" });
  expect(commitStatusOf({ ...done, outcome: anOutcome({ skipped: 2 }) })?.description).toBe("nothing to publish");
  expect(commitStatusOf({ ...done, outcome: anOutcome({ created: 1 }, [], true) })?.description).toBe(
    "would be: 1 published",
  );
});

test("a red status names the first finding's file and line, and how many more there are", () => {
  const warning: Issue = { ...anIssue("only a warning", 1), severity: "warning" };
  const files = [
    aFile("templates/a.yaml", warning, anIssue("min is above max", 12), anIssue("other", 13)),
    aFile("b.yaml", anIssue("no place", null)),
  ];
  expect(refusalText(files)).toBe("templates/a.yaml:12 min is above max (and 2 more)");
  expect(refusalText([aFile("b.yaml")])).toBe("b.yaml refused");
  expect(refusalText([])).toBeNull();
});

test("red is for the author, an error for everyone else; what is not done shows nothing", () => {
  const rejected = anOutcome({ rejected: 1 }, [aFile("a")]);
  expect(commitStatusOf({ state: "failed", reason: "a:1 bad", outcome: rejected })?.state).toBe("failure");
  expect(commitStatusOf({ state: "failed", reason: "the host is away", outcome: null })?.state).toBe("error");
  for (const state of ["queued", "working", "ignored"] as const)
    expect(commitStatusOf({ state, reason: null, outcome: null })).toBeNull();
});

test("a description is one line of at most 140 characters, whole ones, whatever is in it", () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.string({ unit: "binary" }), fc.string({ unit: "binary" })), { minLength: 1 }),
      (found) => {
        const files = found.map(([path, message]) => aFile(path, anIssue(message, 1)));
        const status = commitStatusOf({ state: "failed", reason: refusalText(files), outcome: anOutcome({}, files) });
        expect(status?.description.length).toBeLessThanOrEqual(140);
        expect(status?.description).not.toMatch(/[\r\n\p{Cc}]/u);
        expect(status?.description.isWellFormed()).toBe(true);
      },
    ),
  );
});
