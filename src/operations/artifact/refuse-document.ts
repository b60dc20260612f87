import type { Failure } from "../../contract/failure.ts";
import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal } from "../../domain/result.ts";

/** The refusal of a document with all that is wrong with it. `what` is how it is called, where that is known: `agent plan`. */
export function refuseDocument(what: string | null, issues: readonly Issue[], count: number): Result<never, Failure> {
  const first = issues.find((issue) => issue.severity === "error");
  const more = count > 1 ? `; ${count} findings in all` : "";
  return refusal({
    code: "INVALID_DOCUMENT",
    message: `${what ?? "the document"} is refused: ${first?.message ?? "it is not valid"}${more}`,
    issues: issues.slice(0, limits.issues),
    ...(count > limits.issues ? { issueCount: count } : {}),
  });
}
