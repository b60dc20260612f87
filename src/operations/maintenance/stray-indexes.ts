import { findUnknownNames } from "../../bindings/d1/artifact/unknown-names.ts";
import { deleteIndex, listIndexes } from "../../bindings/kv/lookup-store.ts";
import { artifactKind } from "../../contract/artifact/kind.ts";
import type { Disagreement } from "../../contract/http/registry.ts";
import type { MaintenanceStores } from "./walk-versions.ts";

/** Where a walk over all indexes in KV goes on. */
export interface IndexPlace {
  of: "indexes";
  /** KV's own; null at the beginning. */
  cursor: string | null;
}

type Stores = Pick<MaintenanceStores, "db" | "lookups">;

/** Each is one key to list and one name to ask D1 for. */
const indexesPerSlice = 500;

/**
 * Indexes in KV of names that D1 does not know, one slice of all: D1 was taken back to a time before they were published
 * (docs/operations.md, "Backing up and restoring").
 */
export async function findStrayIndexes(
  { db, lookups }: Stores,
  place: IndexPlace,
): Promise<{ strays: { kind: string; name: string }[]; next: IndexPlace | null }> {
  const { names, next } = await listIndexes(lookups, place.cursor, indexesPerSlice);
  const strays = await findUnknownNames(db, names);
  return { strays, next: next === null ? null : { of: "indexes", cursor: next } };
}

/** The same, and removes them. */
export async function removeStrayIndexes(stores: Stores, place: IndexPlace): Promise<IndexPlace | null> {
  const { strays, next } = await findStrayIndexes(stores, place);
  await Promise.all(strays.map(({ kind, name }) => deleteIndex(stores.lookups, kind, name)));
  return next;
}

/** What a check says of one. */
export function strayIndexTold({ kind, name }: { kind: string; name: string }): Disagreement {
  return {
    kind: artifactKind.safeParse(kind).data ?? null,
    name,
    version: null,
    where: "kv_index",
    message: "KV tells of this name, and D1 does not know it; `callsheet admin rebuild` removes it",
  };
}
