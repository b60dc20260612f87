import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";

/** What can be wrong with references to entities. */
export type ReferenceIssueCode =
  /** A string that starts with @ and is no address. */
  | "address_invalid"
  /** There is no such entity. */
  | "entity_missing"
  /** The entity has nothing at that address. */
  | "address_missing"
  /** More references, or more places, than a request may have. */
  | "too_many_references"
  /** The place of a reference has a path longer than `limits.addressLength`. */
  | "path_too_long"
  /** The borrowed value would lie deeper than `limits.documentDepth`. */
  | "too_deep"
  /** With what is borrowed, the data are larger than `limits.valueBytes`. */
  | "too_large"
  /** The sources of so many values are larger than `limits.sourceBytes`. */
  | "too_many_sources";

/** Collects findings about references; keeps the first `limits.issues` and counts the rest. */
export interface ReferenceFindings {
  issues: Issue[];
  count: number;
}

export function noReferenceFindings(): ReferenceFindings {
  return { issues: [], count: 0 };
}

/** Adds one error. `told` is called only if the issue is kept. */
export function reportReference(
  findings: ReferenceFindings,
  code: ReferenceIssueCode,
  path: string,
  told: () => { message: string; suggestion: string | null },
): void {
  findings.count += 1;
  if (findings.issues.length >= limits.issues) return;
  findings.issues.push({ severity: "error", path, line: null, column: null, code, ...told() });
}
