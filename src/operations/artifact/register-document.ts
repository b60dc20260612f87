import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import type { Registrars } from "../../bindings/durable/registrar.ts";
import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Candidate, UnversionedCandidate } from "../../domain/registration/candidate.ts";
import type { CompatibilityPolicy } from "../../domain/registration/judge-change.ts";
import { publishVersion } from "../../domain/registration/name-change.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { type RefuseName, refusedAmong } from "../access/guard-registrars.ts";
import type { DocumentSource } from "../registration/document-source.ts";
import { readCallable } from "../registration/read-callable.ts";
import { judgeGiven, registrationOf } from "../registration/register-candidate.ts";
import { withBrokenWorkflows } from "../workflow/find-broken-workflows.ts";
import type { DocumentKind } from "./document-kind.ts";

export interface RegisterDocumentNeeds {
  db: D1Database;
  blobs: R2Bucket;
  registrars: Registrars;
  policy: CompatibilityPolicy;
  /** What the registrars would refuse of who asks: a dry run tells it as well. */
  refuseName?: RefuseName;
}

/** Registers one document, or, as a dry run, tells what that would do: the same checks and judgement, without the commit. */
export async function registerDocument(
  needs: RegisterDocumentNeeds,
  { prepare }: DocumentKind,
  source: DocumentSource,
  how: { by: string; isDryRun: boolean },
): Promise<Result<Registration, Failure>> {
  const prepared = await prepare(source, { name: null });
  return prepared.ok ? registerGiven(needs, prepared.value, how) : prepared;
}

/** Registers what was prepared, or, as a dry run, judges it as the Registrar would. */
export async function registerGiven(
  needs: RegisterDocumentNeeds,
  given: Candidate | UnversionedCandidate,
  { by, isDryRun }: { by: string; isDryRun: boolean },
): Promise<Result<Registration, Failure>> {
  if (!isDryRun) return needs.registrars(given.kind, given.name).register(given, by);

  const refused = refusedAmong(needs.refuseName, given.kind, [given.name]);
  if (refused !== null) return refusal(refused);
  const { state } = await loadName(needs.db, given.kind, given.name);
  const judging = { policy: needs.policy, callableByDigest: (digest: string) => readCallable(needs.blobs, digest) };
  const judged = await judgeGiven(judging, state, given);
  if (!judged.ok) return judged;
  const { candidate, verdict } = judged.value;
  const { after } = publishVersion(state, candidate, { by, at: new Date(0).toISOString() });
  return success(await withBrokenWorkflows(needs, registrationOf(candidate, verdict, state, true), candidate, after));
}
