import { loadName } from "../../bindings/d1/artifact/load-name.ts";
import type { VersionPlace, VersionRow } from "../../bindings/d1/artifact/version-row.ts";
import { forgetLostManifests } from "../../bindings/d1/oci/check-rows.ts";
import { deleteDocument, writeDocument, writeIndex } from "../../bindings/kv/lookup-store.ts";
import type { Disagreement } from "../../contract/http/registry.ts";
import { indexOf } from "../../domain/registration/name-state.ts";
import { publishedOf } from "../registration/load-published.ts";
import { type IndexPlace, removeStrayIndexes } from "./stray-indexes.ts";
import { type MaintenanceSlice, type MaintenanceStores, walkVersions } from "./walk-versions.ts";

/** Where a rebuild goes on: among all versions first, then among what KV has. */
export type RebuildPlace = VersionPlace | IndexPlace;

/** Rebuilds one slice of KV: what D1 knows is written, what it does not know is removed. */
export async function rebuildCaches(
  stores: MaintenanceStores,
  place: RebuildPlace,
  now: Date,
): Promise<Omit<MaintenanceSlice, "next"> & { next: RebuildPlace | null }> {
  if ("of" in place) {
    return { names: 0, versions: 0, disagreements: [], next: await removeStrayIndexes(stores, place) };
  }
  const { next, ...slice } = await rebuildVersions(stores, place, now);
  return { ...slice, next: next ?? { of: "indexes", cursor: null } };
}

/**
 * Writes KV anew for a slice of all versions, from D1 and R2. Reports versions whose bytes R2 has lost. A version whose manifest is lost
 * gets the registry's own when it is next asked for at `/v2/`.
 */
function rebuildVersions(stores: MaintenanceStores, after: VersionPlace, now: Date): Promise<MaintenanceSlice> {
  return walkVersions(stores.db, after, {
    name: async (kind, name) => {
      const { state, headSeq } = await loadName(stores.db, kind, name);
      await forgetLostManifests(stores.db, kind, name);
      await writeIndex(stores.lookups, indexOf(state, headSeq, now.toISOString()));
      return [];
    },
    version: (row) => rebuildDocument(stores, row),
  });
}

async function rebuildDocument(stores: MaintenanceStores, row: VersionRow): Promise<Disagreement[]> {
  const { kind, name, version } = row;
  if (row.state === "deleted") {
    await deleteDocument(stores.lookups, kind, name, version);
    return [];
  }
  const published = await publishedOf(stores.blobs, row);
  if (published !== null) {
    await writeDocument(stores.lookups, published);
    return [];
  }
  const message = `R2 has no blob ${row.flattened_digest}: this version cannot be served once caches forget it`;
  return [{ kind, name, version, where: "r2_flattened", message }];
}
