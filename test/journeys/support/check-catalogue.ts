import { type CatalogueEntry, cataloguePage } from "../../../src/contract/artifact/catalogue.ts";
import { latestOfModel, type NameModel } from "./name-model.ts";

/** Pages through the whole catalogue: every published name is in it, once, told by its `latest` version, and no other. */
export async function checkCatalogue(url: string, models: readonly NameModel[], wrong: string[]): Promise<void> {
  const listed = new Map<string, CatalogueEntry>();
  let cursor: string | null = null;
  do {
    const query: string = cursor === null ? "" : `&cursor=${encodeURIComponent(cursor)}`;
    const response = await fetch(`${url}/v1/templates?limit=200${query}`);
    const text = await response.text();
    if (response.status !== 200) throw new Error(`the catalogue was answered ${response.status}: ${text}`);
    const page = cataloguePage.parse(JSON.parse(text));
    for (const entry of page.items) {
      if (listed.has(entry.name)) wrong.push(`the catalogue lists ${entry.name} twice`);
      listed.set(entry.name, entry);
    }
    cursor = page.next_cursor;
  } while (cursor !== null);
  for (const model of models) {
    const told = latestOfModel(model) ?? [...model.versions.keys()].at(-1) ?? null;
    const entry = listed.get(model.name);
    const state = told === null ? undefined : model.versions.get(told)?.state;
    if (entry?.version !== (told ?? undefined) || entry?.state !== state)
      wrong.push(`the catalogue tells ${model.name} by ${JSON.stringify(entry)}, not by ${told} (${state})`);
    listed.delete(model.name);
  }
  for (const name of listed.keys()) wrong.push(`the catalogue lists ${name}, which was never published`);
}
