import type { Registrars } from "../../bindings/durable/registrar.ts";
import type { SourceAnalyzer } from "../../bindings/service/analyzer.ts";
import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { SourceRegistration } from "../../contract/function/registration.ts";
import type { SourceDraft } from "../../domain/function/source-draft.ts";
import type { CompatibilityPolicy } from "../../domain/registration/judge-change.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { namesIn, type RefuseName, refusedAmong } from "../access/guard-registrars.ts";
import { AssumedNames } from "./assumed-names.ts";
import { type FunctionSource, type PreparedSource, prepareSource } from "./prepare-source.ts";

export interface RegisterSourceNeeds {
  db: D1Database;
  blobs: R2Bucket;
  registrars: Registrars;
  analyzer: SourceAnalyzer;
  policy: CompatibilityPolicy;
  /** What the registrars would refuse of who asks: a dry run tells it as well. */
  refuseName?: RefuseName;
}

/** Publishes the functions of one source, or, as a dry run, tells what that would do: the same checks, without the commit. */
export async function registerSource(
  needs: RegisterSourceNeeds,
  source: FunctionSource,
  how: { by: string; isDryRun: boolean },
): Promise<Result<SourceRegistration, Failure>> {
  const prepared = await prepareSource(needs.analyzer, source);
  if (!prepared.ok) return prepared;
  const { draft } = prepared.value;
  const refused = how.isDryRun ? refusedAmong(needs.refuseName, "function", namesIn(draft)) : null;
  if (refused !== null) return refusal(refused);
  const registered = how.isDryRun
    ? await new AssumedNames(needs).publish(draft)
    : await publish(needs.registrars, draft, how.by);
  return registered.ok
    ? success(sourceRegistrationOf(source, prepared.value, registered.value, how.isDryRun))
    : registered;
}

/**
 * The Registrar of the first name, in the order of their spelling, carries out the commit of all: sources that publish the same names
 * mostly meet there and go one after the other, instead of racing; a caller that goes away does not cut it off; and a batch of many
 * sources stays within what one request may call. It locks nobody else's name: D1 alone decides who was first.
 */
export async function publish(
  registrars: Registrars,
  draft: SourceDraft,
  by: string,
): Promise<Result<Registration[], Failure>> {
  const [first] = draft.functions.map((definition) => definition.id).sort();
  if (first === undefined) return refusal({ code: "INVALID_DOCUMENT", message: "the source publishes no function" });
  return registrars("function", first).publishSource(draft, by);
}

/** What publishing a source tells its caller. */
export function sourceRegistrationOf(
  { language, file }: FunctionSource,
  { draft, warnings }: PreparedSource,
  functions: Registration[],
  isDryRun: boolean,
): SourceRegistration {
  const seqs = functions.flatMap(({ status, seq }) => (status === "created" && seq !== null ? [seq] : []));
  return {
    dry_run: isDryRun,
    seq: seqs.length === 0 ? null : Math.max(...seqs),
    source: { digest: draft.bytes.source.digest, language, file },
    functions,
    issues: warnings,
  };
}
