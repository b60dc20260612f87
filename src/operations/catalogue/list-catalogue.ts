import {
  type CatalogueFilter,
  type CataloguePlace,
  listCatalogue as readCatalogue,
} from "../../bindings/d1/artifact/catalogue.ts";
import type { CatalogueEntry } from "../../contract/artifact/catalogue.ts";

/** A page of the catalogue, the place where the next one starts (null after the last), and the state that it shows. */
export async function listCatalogue(
  db: D1Database,
  filter: CatalogueFilter,
  after: CataloguePlace | null,
  limit: number,
): Promise<{ items: CatalogueEntry[]; next: CataloguePlace | null; seq: number }> {
  const { entries: found, headSeq: seq } = await readCatalogue(db, filter, after, limit + 1);
  const page = found.slice(0, limit);
  const last = page.at(-1);
  const isLast = found.length <= limit || last === undefined;
  return {
    items: page.map(({ rank: _, ...entry }) => entry),
    next: isLast ? null : { rank: last.rank, name: last.name },
    seq,
  };
}
