import { listVersionRows, type VersionPlace, type VersionRow } from "../../bindings/d1/artifact/version-row.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { Disagreement } from "../../contract/http/registry.ts";

export interface MaintenanceStores {
  db: D1Database;
  lookups: KVNamespace;
  blobs: R2Bucket;
}

/** What one slice of a walk over all versions found, and where the next slice starts. */
export interface MaintenanceSlice {
  names: number;
  versions: number;
  disagreements: Disagreement[];
  next: VersionPlace | null;
}

/** What a walk does at each name (once, at its first version) and at each version. */
export interface Walker {
  name: (kind: ArtifactKind, name: string) => Promise<Disagreement[]>;
  version: (row: VersionRow) => Promise<Disagreement[]>;
}

/** Versions in one slice: each costs a few calls of every store, and one request may make a thousand. */
const versionsPerSlice = 100;

/** Walks one slice of all versions, whatever their state, in the order of kind, name and version. */
export async function walkVersions(db: D1Database, after: VersionPlace, walker: Walker): Promise<MaintenanceSlice> {
  const rows = await listVersionRows(db, after, versionsPerSlice);
  const slice: MaintenanceSlice = { names: 0, versions: rows.length, disagreements: [], next: null };
  let current: { kind: string; name: string } = after;
  for (const row of rows) {
    if (row.kind !== current.kind || row.name !== current.name) {
      slice.names += 1;
      slice.disagreements.push(...(await walker.name(row.kind, row.name)));
      current = row;
    }
    slice.disagreements.push(...(await walker.version(row)));
  }
  const last = rows.at(-1);
  if (last !== undefined && rows.length === versionsPerSlice) {
    slice.next = { kind: last.kind, name: last.name, version: last.version };
  }
  return slice;
}
