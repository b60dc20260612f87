import { z } from "zod";
import { loadEntityRows, type StoredEntity } from "../../bindings/d1/entity/entity-row.ts";
import { readBlob } from "../../bindings/r2/blob-store.ts";

export interface EntityNeeds {
  db: D1Database;
  blobs: R2Bucket;
  /** Who asks: entities of artifacts whose names do not fit cannot be borrowed from. Absent: the registry itself. */
  asker?: { readonly names: readonly string[] };
}

/** An entity with its data, wherever these lie. */
export type LoadedEntity = StoredEntity & { data: Record<string, unknown> };

/** An entity and its data; null when there is none of this id. */
export async function loadEntity(needs: EntityNeeds, ecsId: string): Promise<LoadedEntity | null> {
  const [found] = await loadEntities(needs, [ecsId]);
  return found ?? null;
}

/** The entities that there are of these ids, in the order of the ids. Their data are in memory together: for a few. */
export async function loadEntities(needs: EntityNeeds, ids: readonly string[]): Promise<LoadedEntity[]> {
  const rows = new Map((await loadEntityRows(needs.db, ids)).map((row) => [row.ecs_id, row]));
  const loaded: LoadedEntity[] = [];
  for (const id of ids) {
    const row = rows.get(id);
    if (row !== undefined) loaded.push({ ...row, data: await dataOf(needs.blobs, row) });
  }
  return loaded;
}

/** The data of an entity: in its row, or in R2. That they are gone from there is an outage, never "not found". */
export async function dataOf(
  blobs: R2Bucket,
  row: Pick<StoredEntity, "ecs_id" | "data" | "data_digest">,
): Promise<Record<string, unknown>> {
  if (row.data !== null) return row.data;
  const bytes = row.data_digest === null ? null : await readBlob(blobs, row.data_digest);
  if (bytes === null) throw new Error(`the data of entity ${row.ecs_id} (${row.data_digest}) are not in R2`);
  return z.record(z.string(), z.unknown()).parse(JSON.parse(new TextDecoder().decode(bytes)));
}
