import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import { clearPendingEffect, listOwedVersions } from "../../bindings/d1/artifact/pending-effects.ts";
import { loadVersionRow } from "../../bindings/d1/artifact/version-row.ts";
import { deleteDocument, readDocument, writeDocument, writeIndex } from "../../bindings/kv/lookup-store.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { indexOf, type NameState } from "../../domain/registration/name-state.ts";
import { publishedOf } from "./load-published.ts";
import type { NameWriterNeeds } from "./name-writer.ts";

/** Does again, from D1, what follows a name's last commits: after a crash, or when the first try failed. Safe at any time. */
export async function repeatEffects(
  needs: Pick<NameWriterNeeds, "db" | "lookups" | "blobs" | "announce" | "now">,
  kind: ArtifactKind,
  name: string,
): Promise<void> {
  const { state, headSeq } = await loadName(needs.db, kind, name);
  if (state.revision === 0) return;
  for (const version of await listOwedVersions(needs.db, kind, name)) await repeatDocument(needs, state, version);
  await writeIndex(needs.lookups, indexOf(state, headSeq, needs.now().toISOString()));
  await needs.announce([{ seq: state.seq, kind, name }]);
  await clearPendingEffect(needs.db, kind, name, state.seq);
}

async function repeatDocument(
  needs: Pick<NameWriterNeeds, "db" | "lookups" | "blobs">,
  { kind, name }: NameState,
  version: string,
): Promise<void> {
  const row = await loadVersionRow(needs.db, kind, name, version);
  if (row === null) return;
  if (row.state === "deleted") return deleteDocument(needs.lookups, kind, name, version);
  if ((await readDocument(needs.lookups, kind, name, version)) !== null) return;
  const published = await publishedOf(needs.blobs, row);
  if (published !== null) await writeDocument(needs.lookups, published);
}
