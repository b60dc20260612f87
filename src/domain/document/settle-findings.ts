import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import { type Finding, placeFindings } from "../template/check-finding.ts";
import type { PlacedDocument } from "./placed-document.ts";

/** Findings about a document that inherits nothing, as its author gets them. */
export interface SettledFindings {
  /** In the order of the source, `limits.issues` at most; errors are kept before warnings. */
  issues: Issue[];
  /** How many there are. */
  issueCount: number;
  isRefused: boolean;
}

/** Places findings in their source and keeps the most important of them. */
export function settleFindings(findings: readonly Finding[], document: PlacedDocument): SettledFindings {
  const errors = findings.filter((finding) => finding.severity === "error");
  const warnings = findings.filter((finding) => finding.severity === "warning");
  const kept = findings.length <= limits.issues ? findings : [...errors, ...warnings].slice(0, limits.issues);
  return {
    issues: placeFindings(kept, document, document.value, null),
    issueCount: findings.length,
    isRefused: errors.length > 0,
  };
}
