import type { Client } from "../client/create-client.ts";
import type { VersionList } from "../contract/artifact/resolved.ts";
import type { ArtifactRoutes } from "../contract/http/artifact-routes.ts";

/** Every version of a name, highest first, with all tags. */
export async function listVersions(client: Client, { versions }: ArtifactRoutes, name: string): Promise<VersionList> {
  const first = await client.call(versions.list, { params: { name }, query: { limit: "200" } });
  const all = [...first.versions];
  for (let cursor = first.next_cursor; cursor !== null; ) {
    const page = await client.call(versions.list, { params: { name }, query: { limit: "200", cursor } });
    all.push(...page.versions);
    cursor = page.next_cursor;
  }
  return { ...first, versions: all, next_cursor: null };
}
