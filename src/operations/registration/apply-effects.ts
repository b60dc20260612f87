import { deleteDocument, writeDocument, writeIndex } from "../../bindings/kv/lookup-store.ts";
import { type PublishedDocument, publishedDocument } from "../../contract/artifact/published.ts";
import type { Candidate } from "../../domain/registration/candidate.ts";
import type { NameChange } from "../../domain/registration/name-change.ts";
import { indexOf, type NameState } from "../../domain/registration/name-state.ts";
import type { NameWriterNeeds } from "./name-writer.ts";

/**
 * What follows a commit: the document and the index into KV, the hubs told. All of it may be done twice or late, and none of it is
 * needed for lookups to be right: only for them to be quick.
 */
export async function applyEffects(
  needs: Pick<NameWriterNeeds, "lookups" | "announce" | "now">,
  state: NameState,
  change: NameChange,
): Promise<void> {
  const { kind, name, seq } = state;
  if (change.published !== null) await writeDocument(needs.lookups, publishedOf(change.published, change));
  if (change.state?.state === "deleted") await deleteDocument(needs.lookups, kind, name, change.state.version);
  await Promise.all([
    writeIndex(needs.lookups, indexOf(state, seq, needs.now().toISOString())),
    needs.announce([{ seq, kind, name }]),
  ]);
}

function publishedOf(candidate: Candidate, change: NameChange): PublishedDocument {
  return publishedDocument.parse({
    kind: candidate.kind,
    name: candidate.name,
    version: candidate.version,
    digest: candidate.digest,
    source_digest: candidate.source.digest,
    source_media_type: candidate.source.mediaType,
    source_file: candidate.source.file,
    published_at: change.author.at,
    published_by: change.author.by,
    extends: candidate.parent,
    // As in the flattened blob: the order of keys is the author's.
    document: JSON.parse(new TextDecoder().decode(candidate.flattened.bytes)),
  });
}
