import type { Client } from "../client/create-client.ts";
import type { RequestOf } from "../client/route-types.ts";
import type { CatalogueEntry } from "../contract/artifact/catalogue.ts";
import type { ArtifactKind } from "../contract/artifact/kind.ts";
import type { ArtifactRoutes } from "../contract/http/artifact-routes.ts";
import { artifactRoutes } from "../contract/http/artifacts.ts";

/** What narrows a list down. */
export type CatalogueQuery = NonNullable<RequestOf<ArtifactRoutes["list"]>["query"]>;

/** Every entry of a kind's catalogue that fits, by name. */
export async function gatherCatalogue(
  client: Client,
  kind: ArtifactKind,
  query: CatalogueQuery,
): Promise<CatalogueEntry[]> {
  const { items } = await readCatalogue(client, kind, { limit: "200", ...query }, true);
  return items;
}

/** One page of a kind's catalogue, or that page and all after it. */
export async function readCatalogue(
  client: Client,
  kind: ArtifactKind,
  query: CatalogueQuery,
  isAll: boolean,
): Promise<{ items: CatalogueEntry[]; next_cursor: string | null }> {
  const items: CatalogueEntry[] = [];
  let next: string | null = query.cursor ?? null;
  do {
    const page = await client.call(artifactRoutes[kind].list, { query: { ...query, cursor: next ?? undefined } });
    items.push(...page.items);
    next = page.next_cursor;
  } while (isAll && next !== null);
  return { items, next_cursor: next };
}
