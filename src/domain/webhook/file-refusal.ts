import type { FailureCode } from "../../contract/failure.ts";
import type { Issue } from "../../contract/issue.ts";
import type { DocumentKind } from "../document/kind-of-document.ts";
import type { PlacedDocument } from "../document/placed-document.ts";

/** Where each kind's document says its version. */
const versionPaths = {
  template: "/template/version",
  workflow: "/metadata/version",
  agent: "/version",
} as const satisfies Record<DocumentKind, string>;

/** Why a file was refused where the refusal itself has no place in it: told where the author must change something. */
export function refusalIssue(
  code: FailureCode,
  message: string,
  given: { kind: DocumentKind; document: PlacedDocument } | null,
): Issue {
  const isAboutVersion = code === "VERSION_TAKEN" || code === "VERSION_DELETED" || code === "INCOMPATIBLE_CHANGE";
  const path = given === null || !isAboutVersion ? "" : versionPaths[given.kind];
  const place = given?.document.place(path, "value") ?? null;
  return {
    severity: "error",
    path,
    line: place?.line ?? null,
    column: place?.column ?? null,
    code: code.toLowerCase(),
    message,
    suggestion: isAboutVersion ? "raise the version number" : null,
  };
}
