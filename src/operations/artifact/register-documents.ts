import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import type { BatchAnswer, Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Candidate, UnversionedCandidate } from "../../domain/registration/candidate.ts";
import { publishVersion } from "../../domain/registration/name-change.ts";
import type { NameState } from "../../domain/registration/name-state.ts";
import { type Result, success } from "../../domain/result.ts";
import type { DocumentSource } from "../registration/document-source.ts";
import { readCallable } from "../registration/read-callable.ts";
import { judgeGiven, registrationOf } from "../registration/register-candidate.ts";
import { batchAnswerOf } from "../template/batch-results.ts";
import { runInOrder } from "../template/run-in-order.ts";
import type { DocumentKind } from "./document-kind.ts";
import { orOutage } from "./or-outage.ts";
import type { RegisterDocumentNeeds } from "./register-document.ts";

/** Workers open at most six connections at once for one request; more members at a time would only wait for each other. */
const membersAtOnce = 6;

/**
 * Registers many documents that do not need each other; those of one name in the order sent. One bad document stops no other, and each has
 * its own result. Members of a dry run see those before them as if they were published.
 */
export async function registerDocuments(
  needs: RegisterDocumentNeeds,
  kind: DocumentKind,
  sources: readonly DocumentSource[],
  how: { by: string; isDryRun: boolean },
): Promise<BatchAnswer> {
  const headers = sources.map(({ reading }) => (reading.document === null ? null : kind.header(reading.document)));
  const outcomes = new Map<number, Result<Registration, Failure>>();
  const assumed = new Map<string, NameState>();
  const pieces = sources.map((source, index) => {
    const id = headers[index]?.id ?? null;
    const run = async () => {
      const prepared = kind.prepare(source, { name: null });
      const register = (given: Given) => registerOne(needs, given, how, assumed);
      outcomes.set(index, prepared.ok ? await orOutage(() => register(prepared.value)) : prepared);
    };
    return { writes: id === null ? [] : [id], reads: [], run };
  });
  await runInOrder(pieces, membersAtOnce);
  return batchAnswerOf(headers, outcomes, how.isDryRun);
}

type Given = Candidate | UnversionedCandidate;

async function registerOne(
  needs: RegisterDocumentNeeds,
  given: Given,
  { by, isDryRun }: { by: string; isDryRun: boolean },
  assumed: Map<string, NameState>,
): Promise<Result<Registration, Failure>> {
  if (isDryRun) return assume(needs, given, by, assumed);
  return needs.registrars(given.kind, given.name).register(given, by);
}

async function assume(
  needs: RegisterDocumentNeeds,
  given: Given,
  by: string,
  assumed: Map<string, NameState>,
): Promise<Result<Registration, Failure>> {
  const state = assumed.get(given.name) ?? (await loadName(needs.db, given.kind, given.name)).state;
  const judging = { policy: needs.policy, callableByDigest: (digest: string) => readCallable(needs.blobs, digest) };
  const judged = await judgeGiven(judging, state, given);
  if (!judged.ok) return judged;
  const { candidate, verdict } = judged.value;
  if (verdict.status === "unchanged") return success(registrationOf(candidate, verdict, state, true));
  const { after } = publishVersion(state, candidate, { by, at: new Date(0).toISOString() });
  assumed.set(candidate.name, after);
  return success(registrationOf(candidate, verdict, after, true));
}
