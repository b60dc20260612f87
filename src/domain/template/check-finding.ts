import type { Issue } from "../../contract/issue.ts";
import type { AgentRuleCode } from "../agent/issue-codes.ts";
import { type JsonValue, valueAt } from "../document/json-value.ts";
import type { Place, PlacedDocument } from "../document/placed-document.ts";
import { parentPointer, tokensOf } from "../pointer.ts";
import type { WorkflowRuleCode } from "../workflow/issue-codes.ts";
import type { TemplateRuleCode } from "./issue-codes.ts";

/** What the rules of any kind of document find. */
export type RuleCode = TemplateRuleCode | AgentRuleCode | WorkflowRuleCode;

/** One finding of a rule, before it is placed in the source. `path` may name a key that is missing. */
export interface Finding {
  severity: "error" | "warning";
  code: RuleCode;
  path: string;
  /** Whether the key or its value is what to look at. */
  at: "key" | "value";
  message: string;
  suggestion: string | null;
}

/** A finding that refuses the template. */
export function errorAt(
  code: RuleCode,
  path: string,
  message: string,
  suggestion: string | null = null,
  at: Finding["at"] = "value",
): Finding {
  return { severity: "error", code, path, at, message, suggestion };
}

/** A finding that the author should see, and that refuses nothing. */
export function warningAt(
  code: RuleCode,
  path: string,
  message: string,
  suggestion: string | null = null,
  at: Finding["at"] = "value",
): Finding {
  return { severity: "warning", code, path, at, message, suggestion };
}

/**
 * Gives findings their lines and columns, in the order of the source. What no line of it says was inherited: it is placed at the key that
 * inherits, where the kind has one.
 */
export function placeFindings(
  findings: readonly Finding[],
  document: PlacedDocument,
  flattened: JsonValue,
  inheritedAt: string | null = extendsPath,
): Issue[] {
  const issues = findings.map((finding): Issue => {
    const written = placeWritten(document, flattened, finding);
    const inherits = written === null && inheritedAt !== null ? document.place(inheritedAt, "key") : null;
    const { severity, code, path, message, suggestion } = inherits === null ? finding : asInherited(finding);
    const place = written ?? inherits ?? document.place("");
    return { severity, path, line: place?.line ?? null, column: place?.column ?? null, code, message, suggestion };
  });
  return issues.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0));
}

/** The key that findings in inherited parts are placed at. */
export const extendsPath = "/template/extends";

function placeWritten(document: PlacedDocument, flattened: JsonValue, { path, at }: Finding): Place | null {
  const written = placeIn(document, path, at);
  if (written !== null) return written;
  // A missing key is shown at the map that lacks it.
  let holder: string | null = path;
  while (holder !== null && valueAt(flattened, tokensOf(holder)) === undefined) holder = parentPointer(holder);
  return holder === null || holder === "" ? null : placeIn(document, holder, "key");
}

function asInherited(finding: Finding): Finding {
  const key = tokensOf(finding.path).at(-1);
  const remedies: Partial<Record<Finding["code"], string>> = {
    constraint_not_for_type: `write ${key}: null there to take it away`,
    default_refused: `write ${key}: null there to take it away, or give another default`,
  };
  return {
    ...finding,
    message: `${finding.message}; this part is inherited from the parent`,
    suggestion: remedies[finding.code] ?? finding.suggestion,
  };
}

function placeIn(document: PlacedDocument, path: string, at: Finding["at"]): Place | null {
  return (at === "key" ? document.place(path, "key") : null) ?? document.place(path);
}
