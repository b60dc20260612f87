import type { BatchAnswer, BatchResult, Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Result } from "../../domain/result.ts";

/** What a document says of itself, as far as it can be read. */
export interface ToldHeader {
  id: string | null;
  version: string | null;
}

/** The answer of a batch: one result for each document, in the order sent. */
export function batchAnswerOf(
  headers: readonly (ToldHeader | null)[],
  outcomes: ReadonlyMap<number, Result<Registration, Failure>>,
  isDryRun: boolean,
): BatchAnswer {
  const results = headers.map((header, index) => resultOf(index, header, outcomes.get(index)));
  return { dry_run: isDryRun, seq: highestSeq(results), results };
}

function resultOf(
  index: number,
  header: ToldHeader | null,
  outcome: Result<Registration, Failure> | undefined,
): BatchResult {
  const told = { index, name: header?.id ?? null, version: header?.version ?? null };
  if (outcome?.ok) {
    // The registry may have chosen the version.
    const { name, version, digest, status, seq, comparison, issues } = outcome.value;
    return { index, name, version, digest, status, seq, comparison, code: null, message: null, issues };
  }
  const failure = outcome?.failure ?? {
    code: "INTERNAL" as const,
    message: "this document was not looked at",
    issues: [],
  };
  const { code, message, issues = [] } = failure;
  return { ...told, digest: null, status: "rejected", seq: null, comparison: null, code, message, issues };
}

function highestSeq(results: readonly BatchResult[]): number | null {
  const seqs = results.flatMap((result) => (result.seq === null ? [] : [result.seq]));
  return seqs.length === 0 ? null : Math.max(...seqs);
}
