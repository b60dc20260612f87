import { z } from "zod";
import { artifactKind } from "../../../contract/artifact/kind.ts";
import { primary } from "../primary.ts";

const versionRow = z.object({ kind: artifactKind, name: z.string(), version: z.string() });
/** One version of a name. */
export type VersionOfName = z.infer<typeof versionRow>;
type Name = Pick<VersionOfName, "kind" | "name">;

const ofNames = `FROM json_each(?1) AS asked
  JOIN artifact_version v ON v.kind = asked.value ->> 'kind' AND v.name = asked.value ->> 'name'`;

/** The live versions of these names. */
export async function listLiveVersions(db: D1Database, names: readonly Name[]): Promise<VersionOfName[]> {
  if (names.length === 0) return [];
  const { results } = await primary(db)
    .prepare(`SELECT v.kind, v.name, v.version ${ofNames} WHERE v.state = 'live'`)
    .bind(JSON.stringify(names))
    .all();
  return z.array(versionRow).parse(results);
}

/** The versions of these names that were deprecated with a message of this beginning. */
export async function listRemovedVersions(
  db: D1Database,
  names: readonly Name[],
  prefix: string,
): Promise<VersionOfName[]> {
  if (names.length === 0) return [];
  const inCommit = `${prefix} in `;
  const { results } = await primary(db)
    .prepare(
      `SELECT v.kind, v.name, v.version ${ofNames} WHERE v.state = 'deprecated'
         AND (v.state_message = ?2 OR substr(v.state_message, 1, length(?3)) = ?3)`,
    )
    .bind(JSON.stringify(names), prefix, inCommit)
    .all();
  return z.array(versionRow).parse(results);
}
