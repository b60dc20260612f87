import type { Registration } from "../../contract/artifact/registration.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Result } from "../../domain/result.ts";
import { type RegisterDocumentNeeds, registerGiven } from "../artifact/register-document.ts";
import type { DocumentSource } from "../registration/document-source.ts";
import { findParent, publishedParents } from "./find-parent.ts";
import { prepareTemplate } from "./prepare-template.ts";

/** Registers one template, or, as a dry run, tells what that would do: the same checks and judgement, without the commit. */
export async function registerTemplate(
  needs: RegisterDocumentNeeds,
  source: DocumentSource,
  how: { by: string; isDryRun: boolean },
): Promise<Result<Registration, Failure>> {
  const parents = publishedParents(needs.db, needs.blobs);
  const prepared = await prepareTemplate((reference) => findParent(parents, reference), source);
  return prepared.ok ? registerGiven(needs, prepared.value, how) : prepared;
}
