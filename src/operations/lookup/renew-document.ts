import { loadVersionRow } from "../../bindings/d1/artifact/version-row.ts";
import { deleteDocument, writeDocument } from "../../bindings/kv/lookup-store.ts";
import type { PublishedDocument } from "../../contract/artifact/published.ts";

/**
 * Writes into KV a document that a lookup had to read from D1 and R2. The version may be deleted meanwhile, and this write may land
 * after the deletion took the document out: so D1 is asked once more, and what is deleted is taken out again.
 */
export async function renewDocument(db: D1Database, kv: KVNamespace, published: PublishedDocument): Promise<void> {
  const { kind, name, version } = published;
  await writeDocument(kv, published);
  const row = await loadVersionRow(db, kind, name, version);
  if (row === null || row.state === "deleted") await deleteDocument(kv, kind, name, version);
}
