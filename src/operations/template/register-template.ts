import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import type { Registrars } from "../../bindings/durable/registrar.ts";
import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { CompatibilityPolicy } from "../../domain/registration/judge-change.ts";
import { type Result, success } from "../../domain/result.ts";
import type { DocumentSource } from "../registration/document-source.ts";
import { judgeCandidate } from "../registration/judge-candidate.ts";
import { readCallable } from "../registration/read-callable.ts";
import { registrationOf } from "../registration/register-candidate.ts";
import { findParent, publishedParents } from "./find-parent.ts";
import { prepareTemplate } from "./prepare-template.ts";

export interface RegisterTemplateNeeds {
  db: D1Database;
  blobs: R2Bucket;
  registrars: Registrars;
  policy: CompatibilityPolicy;
}

/** Registers one template, or, as a dry run, tells what that would do: the same checks and judgement, without the commit. */
export async function registerTemplate(
  needs: RegisterTemplateNeeds,
  source: DocumentSource,
  { by, isDryRun }: { by: string; isDryRun: boolean },
): Promise<Result<Registration, Failure>> {
  const parents = publishedParents(needs.db, needs.blobs);
  const prepared = await prepareTemplate((reference) => findParent(parents, reference), source);
  if (!prepared.ok) return prepared;
  const candidate = prepared.value;
  if (!isDryRun) return needs.registrars(candidate.kind, candidate.name).register(candidate, by);

  const { state } = await loadName(needs.db, candidate.kind, candidate.name);
  const judging = { policy: needs.policy, callableByDigest: (digest: string) => readCallable(needs.blobs, digest) };
  const judged = await judgeCandidate(judging, state, candidate);
  return judged.ok ? success(registrationOf(candidate, judged.value, state, true)) : judged;
}
