import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { NameIndex, VersionEntry } from "../../contract/artifact/name-index.ts";
import type { PublishedDocument } from "../../contract/artifact/published.ts";
import type { ResolvedArtifact } from "../../contract/artifact/resolved.ts";
import { latestTag } from "../../contract/artifact/tag.ts";
import type { Failure } from "../../contract/failure.ts";
import { chooseVersion } from "../../domain/artifact/choose-version.ts";
import { parseSelector, type Selector } from "../../domain/artifact/parse-reference.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { answerFresh, type Made } from "./answer-fresh.ts";
import type { FindIndexNeeds } from "./find-index.ts";
import type { LookupAnswer, Provenance, Tier } from "./lookup-answer.ts";
import type { LookupMemory, RememberedIndex } from "./lookup-memory.ts";
import type { LookupRequest } from "./lookup-request.ts";

/** Where a version's document comes from when memory lacks it. Null: this tier does not have it. */
export interface DocumentSources {
  documentFromKv(kind: ArtifactKind, name: string, version: string): Promise<PublishedDocument | null>;
  documentFromD1(kind: ArtifactKind, name: string, version: string): Promise<PublishedDocument | null>;
}

export interface LookUpNeeds extends FindIndexNeeds {
  documents: DocumentSources;
}

export interface Lookup extends Provenance {
  answer: LookupAnswer;
}

/** Selectors remembered with one index; more are answered, but not remembered, so that callers cannot fill memory by spelling. */
const rememberedSelectors = 8;

/** Resolves a reference to a version and its document. A hot lookup parses and stringifies nothing. */
export async function lookUp(needs: LookUpNeeds, request: LookupRequest): Promise<Result<Lookup, Failure>> {
  const selectorText = request.selector ?? latestTag;
  const found = await answerFresh(needs, request, async (remembered) => {
    const known = remembered.answers.get(selectorText);
    return known === undefined ? resolve(needs, remembered, selectorText) : success({ value: known, tier: null });
  });
  if (!found.ok) return found;
  const { value: answer, ...provenance } = found.value;
  return success({ answer, ...provenance });
}

/** Resolves a reference against an index that is at hand; remembers the answer with it. `tier` is null when memory had the body. */
async function resolve(
  needs: LookUpNeeds,
  remembered: RememberedIndex,
  selectorText: string,
): Promise<Result<Made<LookupAnswer>, Failure>> {
  const { index } = remembered;
  const selector = parseSelector(selectorText);
  if (!selector.ok) return selector;
  const chosen = chooseVersion(index, selector.value);
  if (!chosen.ok) return chosen;

  const body = await findBody(needs.memory, needs.documents, index, chosen.value);
  if (body === null) return missingDocument(index, chosen.value);
  const answer = answerOf(index, chosen.value, selector.value, body.bytes);
  if (remembered.answers.size < rememberedSelectors) remembered.answers.set(selectorText, answer);
  return success({ value: answer, tier: body.tier });
}

function answerOf(index: NameIndex, entry: VersionEntry, selector: Selector, body: Uint8Array): LookupAnswer {
  const suffix = entry.state === "live" ? "" : `-${entry.state}-${entry.notice?.since ?? ""}`;
  return {
    kind: index.kind,
    name: index.name,
    entry,
    body,
    etag: `"${entry.digest}${suffix}"`,
    isImmutable: entry.state === "live" && (selector.type === "version" || selector.type === "digest"),
  };
}

async function findBody(
  memory: LookupMemory,
  documents: DocumentSources,
  index: NameIndex,
  entry: VersionEntry,
): Promise<{ bytes: Uint8Array; tier: Tier | null } | null> {
  const key = `${index.kind}/${index.name}@${entry.version} ${entry.state} ${entry.notice?.since ?? ""}`;
  const known = memory.body(key);
  if (known !== undefined) return { bytes: known, tier: null };

  const read = await readDocument(documents, index, entry);
  if (read === null) return null;
  const bytes = encodeBody(read.published, entry);
  memory.rememberBody(key, bytes);
  return { bytes, tier: read.tier };
}

/** The document of a version that the index has. KV's copy counts only when its digest is the index's. */
export async function readDocument(
  documents: DocumentSources,
  index: NameIndex,
  entry: VersionEntry,
): Promise<{ published: PublishedDocument; tier: Tier } | null> {
  const fromKv = await documents.documentFromKv(index.kind, index.name, entry.version).catch(() => null);
  if (fromKv !== null && fromKv.digest === entry.digest) return { published: fromKv, tier: "kv" };
  const fromD1 = await documents.documentFromD1(index.kind, index.name, entry.version);
  return fromD1 === null ? null : { published: fromD1, tier: "d1" };
}

function encodeBody(published: PublishedDocument, entry: VersionEntry): Uint8Array {
  const resolved: ResolvedArtifact = {
    kind: published.kind,
    name: published.name,
    version: published.version,
    digest: published.digest,
    state: entry.state,
    notice: entry.notice,
    published_at: published.published_at,
    published_by: published.published_by,
    extends: published.extends,
    document: published.document,
  };
  return new TextEncoder().encode(JSON.stringify(resolved));
}

/** Deleted between the reading of the index and of the document, or a lost blob: `admin verify` tells which. */
export function missingDocument(index: NameIndex, entry: VersionEntry): Result<never, Failure> {
  return refusal({
    code: "UNAVAILABLE",
    message: `the document of ${index.kind} ${index.name}@${entry.version} cannot be read now; it may just have been deleted`,
    retryAfterSeconds: 1,
  });
}
