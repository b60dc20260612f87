import type { Client } from "../../client/create-client.ts";
import type { CatalogueEntry } from "../../contract/artifact/catalogue.ts";
import { type SourceLanguage, sourceLanguage, sourceMediaTypes } from "../../contract/function/runtime.ts";
import { functionRoutes } from "../../contract/http/functions.ts";
import { type FetchedSource, fetchSource } from "../fetch-source.ts";
import { inTurns } from "../in-turns.ts";
import { listVersions } from "../list-versions.ts";
import type { ExportedVersion, GatheredSource } from "./gathered-source.ts";

const atOnce = 6;

/** Gathers the source of every function's latest version, or of all versions, in the order in which they were published. */
export async function gatherExport(client: Client, all: boolean): Promise<GatheredSource[]> {
  const entries = await listFunctions(client);
  const versions = (await inTurns(entries, atOnce, (entry) => versionsOf(client, entry, all))).flat();
  versions.sort((a, b) => (a.published_at < b.published_at ? -1 : 1));
  const fetched = await inTurns(versions, atOnce, async (one) => ({ one, source: await sourceOf(client, one) }));
  const sources: GatheredSource[] = [];
  for (const { one, source } of fetched) {
    // The same source can be published again under another version; an import then must publish it twice as well.
    const known = sources.find(
      ({ digest, functions }) => digest === source.digest && functions.every(({ name }) => name !== one.name),
    );
    if (known === undefined) sources.push({ ...source, language: languageOf(source.mediaType), functions: [one] });
    else known.functions.push(one);
  }
  for (const { functions } of sources) functions.sort((a, b) => (a.name < b.name ? -1 : 1));
  return sources;
}

async function listFunctions(client: Client): Promise<CatalogueEntry[]> {
  const found: CatalogueEntry[] = [];
  for (let cursor: string | null = null, isFirst = true; isFirst || cursor !== null; isFirst = false) {
    const query: { limit: string; cursor?: string } = { limit: "200", ...(cursor === null ? {} : { cursor }) };
    const page: { items: CatalogueEntry[]; next_cursor: string | null } = await client.call(functionRoutes.list, {
      query,
    });
    found.push(...page.items.filter(({ state }) => state !== "deleted"));
    cursor = page.next_cursor;
  }
  return found;
}

async function versionsOf(client: Client, entry: CatalogueEntry, all: boolean): Promise<ExportedVersion[]> {
  const { name } = entry;
  const { versions } = await listVersions(client, functionRoutes, name);
  return versions
    .filter(({ version, state }) => state !== "deleted" && (all || version === entry.version))
    .map(({ version, digest, published_at }) => ({ name, version, digest, published_at }));
}

function languageOf(mediaType: string): SourceLanguage {
  const language = sourceLanguage.options.find((one) => sourceMediaTypes[one] === mediaType);
  if (language === undefined) throw new Error(`the registry served a source as ${mediaType}`);
  return language;
}

function sourceOf(
  client: Client,
  { name, version }: Pick<ExportedVersion, "name" | "version">,
): Promise<FetchedSource> {
  return fetchSource(client, { kind: "function", routes: functionRoutes, reference: `${name}@${version}` });
}
