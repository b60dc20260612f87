import { holdFiles } from "../../bindings/d1/file/file-row.ts";
import { digest } from "../../contract/artifact/digest.ts";
import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import type { JobFile } from "../../contract/runner/job.ts";
import type { Field } from "../../contract/template/field.ts";
import { fileFindings } from "../../domain/file/file-finding.ts";
import { type FileValue, fileValues } from "../../domain/file/file-values.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { showValue } from "../../domain/template/value/show-value.ts";

/**
 * Checks every file that `values` name, in lists and objects too: it is there and fits its field. Answers the files, each once. They are
 * held: no sweep takes them in the days that follow, by when an entity names them. `pathStart` is where `values` lie, for the issues.
 */
export async function checkFiles(
  { db }: { db: D1Database },
  fields: Record<string, Field>,
  values: Record<string, unknown>,
  pathStart = "",
): Promise<Result<JobFile[], Issue[]>> {
  const named = fileValues(fields, values, pathStart);
  const digests = new Set(named.flatMap(({ value }) => (isDigest(value) ? [value] : [])));
  if (digests.size > limits.filesPerRun) {
    const message = `${digests.size} files are named; at most ${limits.filesPerRun} may be`;
    return refusal([issueAt(pathStart, "too_many_files", message, "put them into an archive")]);
  }
  const held = new Map((await holdFiles(db, [...digests])).map((file) => [file.digest, file]));
  const issues = named.flatMap((one) => issuesOf(one, held));
  if (issues.length > 0) return refusal(issues.slice(0, limits.issues));
  return success(
    [...held.values()].map((file) => ({
      digest: file.digest,
      size_bytes: file.size_bytes,
      media_type: file.media_type,
      name: file.name,
    })),
  );
}

function issuesOf(
  { path, field, value }: FileValue,
  held: ReadonlyMap<string, Parameters<typeof fileFindings>[1]>,
): Issue[] {
  if (!isDigest(value)) {
    const message = `found ${showValue(value)}, which names no file; a file is named by its digest, sha256:…`;
    return [
      issueAt(path, "file_reference_invalid", message, "send the file to POST /v1/files; the answer has its digest"),
    ];
  }
  const file = held.get(value);
  if (file === undefined) {
    const advice = "send it to POST /v1/files first; unused files are kept for a week";
    return [issueAt(path, "file_not_found", `the file ${value} is not here`, advice)];
  }
  return fileFindings(field, file).map(({ code, message }) => issueAt(path, code, message, null));
}

function isDigest(value: unknown): value is string {
  return digest.safeParse(value).success;
}

function issueAt(path: string, code: string, message: string, suggestion: string | null): Issue {
  return { severity: "error", path, line: null, column: null, code, message, suggestion };
}
