import type { Callable } from "../../contract/artifact/callable.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Issue } from "../../contract/issue.ts";
import type { Comparison } from "../../contract/template/comparison.ts";
import { type Result, refusal, success } from "../result.ts";
import { compareCallables } from "../template/compare/compare-callables.ts";
import { mayFollow } from "../template/compare/required-bump.ts";

/** `enforce` refuses, `warn` lets pass with warnings, `off` does not look. */
export type CompatibilityPolicy = "enforce" | "warn" | "off";

/** A version beside the candidate, with its document. */
export interface Neighbour {
  version: string;
  callable: Callable;
}

export interface Judgement {
  comparison: (Comparison & { against: string }) | null;
  warnings: Issue[];
}

/** Whether the candidate's version number says at least as much as its change. */
export function judgeChange(
  candidate: { kind: ArtifactKind; name: string; version: string; callable: Callable | null },
  neighbours: { before: Neighbour | null; after: Neighbour | null },
  policy: CompatibilityPolicy,
): Result<Judgement, Failure> {
  const { before, after } = neighbours;
  const { callable } = candidate;
  if (callable === null) return success({ comparison: null, warnings: [] });
  const comparison = before === null ? null : compareCallables(before.callable, callable);
  const judgement: Judgement = {
    comparison: before === null || comparison === null ? null : { ...comparison, against: before.version },
    warnings: [],
  };
  if (policy === "off") return success(judgement);

  const found: Issue[] = [];
  const reasons: string[] = [];
  if (before !== null && comparison !== null) {
    const verdict = mayFollow(comparison, before.version, candidate.version);
    if (!verdict.allowed) {
      found.push(...issuesOf(comparison, before.version, candidate.version, verdict.neededVersion));
      reasons.push(
        `${candidate.version} follows ${before.version} but makes a ${wordFor(comparison)} change: publish it as ${verdict.neededVersion}`,
      );
    }
  }
  if (after !== null) {
    const onward = compareCallables(callable, after.callable);
    const verdict = mayFollow(onward, candidate.version, after.version);
    if (!verdict.allowed) {
      found.push(...issuesOf(onward, candidate.version, after.version, verdict.neededVersion));
      reasons.push(
        `${after.version} is already published, and going from ${candidate.version} to it would be a ${wordFor(onward)} change`,
      );
    }
  }
  if (found.length === 0) return success(judgement);
  if (policy === "warn") {
    return success({ ...judgement, warnings: found.map((issue) => ({ ...issue, severity: "warning" as const })) });
  }
  return refusal({
    code: "INCOMPATIBLE_CHANGE",
    message: `${candidate.kind} ${candidate.name}@${candidate.version}: ${reasons.join("; ")}`,
    issues: found,
  });
}

/** The changes that the version number hides, each as an issue. */
function issuesOf(comparison: Comparison, from: string, to: string, needed: string): Issue[] {
  const hidden = comparison.bump === "major" ? "breaking" : "minor";
  return comparison.changes
    .filter((change) => change.level === hidden)
    .map((change) => ({
      severity: "error" as const,
      path: change.path,
      line: null,
      column: null,
      code: change.code,
      message: `${change.level} change from ${from} to ${to}: ${change.message}`,
      suggestion: `publish it as ${needed}`,
    }));
}

function wordFor(comparison: Comparison): string {
  return comparison.bump === "major" ? "breaking" : comparison.bump;
}
