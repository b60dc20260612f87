import { utf8ToBytes } from "@noble/hashes/utils.js";
import type { FunctionDefinition } from "../../contract/function/document.ts";
import { canonicalBytes, digestOfBytes } from "../document/canonical-digest.ts";
import { copyJson } from "../document/json-value.ts";
import type { Candidate, CatalogueFacts } from "../registration/candidate.ts";
import type { SourceDraft, UnversionedFunction } from "./source-draft.ts";

/** A function under a version, ready to be registered. */
export function functionCandidate(
  unversioned: UnversionedFunction,
  version: string,
  { bytes, push }: Pick<SourceDraft, "bytes" | "push">,
): Candidate {
  const definition = withVersion(unversioned, version);
  const document = { function: definition };
  const canonical = canonicalBytes(copyJson(document));
  const flattened = utf8ToBytes(JSON.stringify(document));
  return {
    kind: "function",
    name: definition.id,
    version,
    digest: digestOfBytes(canonical),
    source: bytes.source,
    canonical,
    flattened: { bytes: flattened, digest: digestOfBytes(flattened) },
    parent: null,
    callable: definition,
    analysis: bytes.analysis,
    code: bytes.code,
    skills: [],
    calls: [],
    push: push?.name === definition.id ? { manifest: push.manifest, tags: push.tags } : null,
    facts: factsOf(definition),
    // What analysis warned of concerns the file, and is told once with it.
    issues: [],
  };
}

/** The digest that a function has under a version: whether it is what is published there already. */
export function functionDigest(unversioned: UnversionedFunction, version: string): string {
  return digestOfBytes(canonicalBytes(copyJson({ function: withVersion(unversioned, version) })));
}

/** Identity first, as in every document. */
function withVersion(unversioned: UnversionedFunction, version: string): FunctionDefinition {
  const { id, ...rest } = unversioned;
  return { id, version, ...rest };
}

function factsOf(definition: FunctionDefinition): CatalogueFacts {
  return {
    title: definition.name,
    description: definition.description ?? null,
    category: definition.category ?? null,
    author: definition.author ?? null,
    keywords: definition.tags ?? [],
    runtime: definition.runtime,
    gpu: definition.requirements.resources.gpu,
    abstract: false,
  };
}
