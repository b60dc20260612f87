import type { z } from "zod";
import type { Failure } from "../../contract/failure.ts";
import type { Issue } from "../../contract/issue.ts";
import { didYouMean } from "../../domain/did-you-mean.ts";
import { type Result, refusal, success } from "../../domain/result.ts";

/** Parses one part of a request by its contract schema; all that is wrong is told at once. */
export function parsePart<Schema extends z.ZodType>(
  schema: Schema,
  part: "path" | "query" | "body",
  value: unknown,
): Result<z.output<Schema>, Failure> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return success(parsed.data);
  const known = "shape" in schema && typeof schema.shape === "object" ? Object.keys(schema.shape ?? {}) : [];
  const issues = parsed.error.issues.flatMap((found) => issuesOf(found, part, known));
  const first = issues[0];
  return refusal({
    code: "INVALID_REQUEST",
    message: `the ${part} is not well-formed: ${first?.message ?? "it does not fit"}`,
    issues,
  });
}

function issuesOf(found: z.core.$ZodIssue, part: string, known: string[]): Issue[] {
  const at = [part, ...found.path].map((step) => String(step).replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
  const issue = (message: string, code: string, suggestion: string | null): Issue => ({
    severity: "error",
    path: `/${at}`,
    line: null,
    column: null,
    code,
    message,
    suggestion,
  });
  if (found.code === "unrecognized_keys") {
    return found.keys.map((key) => {
      const near = didYouMean(key, known);
      const suggestion = near === null ? `known here: ${known.join(", ") || "nothing"}` : `did you mean ${near}?`;
      return issue(
        `${part} has an unknown ${part === "query" ? "parameter" : "key"} ${key}`,
        "unknown_key",
        suggestion,
      );
    });
  }
  const where = found.path.length === 0 ? part : found.path.join(".");
  return [issue(`${where}: ${found.message}`, found.code, null)];
}
