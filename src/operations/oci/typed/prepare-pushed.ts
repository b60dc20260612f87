import type { SourceAnalyzer } from "../../../bindings/service/analyzer.ts";
import type { Failure } from "../../../contract/failure.ts";
import { limits } from "../../../contract/limits.ts";
import { readDocument } from "../../../domain/document/read-document.ts";
import type { SourceDraft } from "../../../domain/function/source-draft.ts";
import type { DocumentLayer } from "../../../domain/oci/document-layer.ts";
import type { PushedTags } from "../../../domain/oci/pushed-tags.ts";
import { repositoryOf, type TypedRepository } from "../../../domain/oci/repository-kind.ts";
import type { Candidate, Push, UnversionedCandidate } from "../../../domain/registration/candidate.ts";
import { type Result, refusal, success } from "../../../domain/result.ts";
import { prepareAgent } from "../../agent/prepare-agent.ts";
import { prepareSource } from "../../function/prepare-source.ts";
import type { DocumentSource } from "../../registration/document-source.ts";
import { withVersion } from "../../registration/give-version.ts";
import { findParent, publishedParents } from "../../template/find-parent.ts";
import { prepareTemplate } from "../../template/prepare-template.ts";
import { prepareWorkflow } from "../../workflow/prepare-workflow.ts";

export interface PrepareNeeds {
  db: D1Database;
  blobs: R2Bucket;
  analyzer: SourceAnalyzer;
}

/** What a push registers: a document of one name, or the functions of one source. */
export type PreparedPush =
  | { type: "document"; candidate: Candidate | UnversionedCandidate }
  | { type: "source"; draft: SourceDraft };

/** Turns the document or source of a pushed manifest into what its repository is to register, or into all that is wrong with it. */
export async function preparePushed(
  needs: PrepareNeeds,
  typed: TypedRepository,
  { layer, bytes }: { layer: DocumentLayer; bytes: Uint8Array },
  { version, isAlone, ...push }: Push & PushedTags & { isAlone: boolean },
): Promise<Result<PreparedPush, Failure>> {
  const { writing, file } = layer;
  const text = decode(bytes);
  if (text === null) {
    return refusal({ code: "INVALID_DOCUMENT", message: `${file ?? "the layer"} is not UTF-8 text; save it as UTF-8` });
  }
  if (writing.as === "source") {
    const { language } = writing;
    const only = isAlone && version !== null ? { versions: { [typed.name]: version } } : {};
    const prepared = await prepareSource(needs.analyzer, { bytes, text, language, file, version, ...only });
    if (!prepared.ok) return prepared;
    const { draft } = prepared.value;
    const names = draft.functions.map(({ id }) => id);
    if (!names.includes(typed.name)) return otherName(typed, names);
    return success({ type: "source", draft: { ...draft, push: { ...push, name: typed.name } } });
  }
  const reading = readDocument(text);
  const source = { reading, bytes, mediaType: writing.mediaType, file };
  const prepared = await prepareDocument(needs, typed, source, isAlone);
  if (!prepared.ok) return prepared;
  const given = prepared.value;
  const candidate = given.version === null && version !== null ? withVersion(given, version) : given;
  if (candidate.name !== typed.name) return otherName(typed, [candidate.name]);
  if (version !== null && candidate.version !== version) {
    const message = `the tag says ${version}, and the document has version ${candidate.version}; a version is a tag of that version only`;
    return refusal({ code: "INVALID_DOCUMENT", message });
  }
  return success({ type: "document", candidate: { ...candidate, push } });
}

async function prepareDocument(
  needs: PrepareNeeds,
  { kind, name }: TypedRepository,
  source: DocumentSource,
  isCopy: boolean,
): Promise<Result<Candidate | UnversionedCandidate, Failure>> {
  if (kind === "agent") return prepareAgent(source, { name });
  if (kind === "workflow") return prepareWorkflow(needs, source, { name, isCopy });
  const parents = publishedParents(needs.db, needs.blobs);
  return prepareTemplate((reference) => findParent(parents, reference), source);
}

function otherName({ kind, name }: TypedRepository, found: readonly string[]): Result<never, Failure> {
  const told = found.slice(0, 5);
  const own = told.map((one) => repositoryOf(kind, one)).join(" or ");
  const message = `the repository is that of the ${kind} ${name}, and what was pushed is ${told.join(", ")}; push it to ${own}`;
  return refusal({ code: "INVALID_DOCUMENT", message });
}

/** What a layer that is registered may have at most. */
export const documentLayerBytes = Math.max(limits.documentBytes, limits.codeBytes);

function decode(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return null;
  }
}
