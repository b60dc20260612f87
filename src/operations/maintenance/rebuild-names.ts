import { listNames } from "../../bindings/d1/catalogue.ts";
import { loadName } from "../../bindings/d1/load-name.ts";
import { loadVersionRows } from "../../bindings/d1/version-row.ts";
import { deleteDocument, writeDocument, writeIndex } from "../../bindings/kv/lookup-store.ts";
import { indexOf } from "../../domain/registration/name-state.ts";
import { publishedOf } from "../registration/load-published.ts";
import { type MaintenanceSlice, type MaintenanceStores, namesPerSlice } from "./verify-names.ts";

/** Writes KV anew for a slice of names, from D1 and R2. Reports versions whose bytes R2 has lost. */
export async function rebuildNames(
  stores: MaintenanceStores,
  after: { kind: string; name: string },
  now: Date,
): Promise<MaintenanceSlice> {
  const names = await listNames(stores.db, after, namesPerSlice);
  const slice: MaintenanceSlice = { names: names.length, versions: 0, disagreements: [], next: null };
  for (const { kind, name } of names) {
    for (const row of await loadVersionRows(stores.db, kind, name)) {
      slice.versions += 1;
      if (row.state === "deleted") {
        await deleteDocument(stores.lookups, kind, name, row.version);
        continue;
      }
      const published = await publishedOf(stores.blobs, row);
      if (published !== null) await writeDocument(stores.lookups, published);
      else {
        const message = `R2 has no blob ${row.flattened_digest}: this version cannot be served once caches forget it`;
        slice.disagreements.push({ kind, name, version: row.version, where: "r2_flattened", message });
      }
    }
    const { state, headSeq } = await loadName(stores.db, kind, name);
    await writeIndex(stores.lookups, indexOf(state, headSeq, now.toISOString()));
  }
  slice.next = names.length === namesPerSlice ? (names.at(-1) ?? null) : null;
  return slice;
}
