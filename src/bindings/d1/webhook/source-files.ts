import { z } from "zod";
import { artifactKind } from "../../../contract/artifact/kind.ts";
import type { KnownFile } from "../../../domain/webhook/diff-files.ts";
import { primary } from "../primary.ts";

const artifacts = z.array(z.object({ kind: artifactKind, name: z.string(), version: z.string().nullable() }));
const fileRow = z.object({
  path: z.string(),
  blob: z.string(),
  artifacts: z.string().transform((text) => artifacts.parse(JSON.parse(text))),
});

/** The watched files of a source at its synced commit. */
export async function listSourceFiles(db: D1Database, source: string): Promise<KnownFile[]> {
  const { results } = await primary(db)
    .prepare("SELECT path, blob, artifacts FROM webhook_source_file WHERE source = ? ORDER BY path")
    .bind(source)
    .all();
  return z.array(fileRow).parse(results);
}

/** What a sync leaves of a source's files: those that are new or changed, and the paths that are gone. */
export interface FileUpdate {
  set: readonly KnownFile[];
  gone: readonly string[];
}

/** So many go into one statement: D1 binds at most 2 MB of text. */
const filesAtOnce = 500;

/** The statements that write it, while `holder` has the source. */
export function fileStatements(
  session: D1DatabaseSession,
  source: string,
  holder: string,
  { set, gone }: FileUpdate,
): D1PreparedStatement[] {
  const held = "EXISTS (SELECT 1 FROM webhook_source WHERE name = ?1 AND busy_by = ?2)";
  const removing = slices(gone).map((paths) =>
    session
      .prepare(
        `DELETE FROM webhook_source_file WHERE source = ?1 AND path IN (SELECT value FROM json_each(?3)) AND ${held}`,
      )
      .bind(source, holder, JSON.stringify(paths)),
  );
  const writing = slices(set).map((files) =>
    session
      .prepare(
        `INSERT INTO webhook_source_file (source, path, blob, artifacts)
         SELECT ?1, value ->> 'path', value ->> 'blob', value -> 'artifacts' FROM json_each(?3) WHERE ${held}
         ON CONFLICT (source, path) DO UPDATE SET blob = excluded.blob, artifacts = excluded.artifacts`,
      )
      .bind(source, holder, JSON.stringify(files)),
  );
  return [...removing, ...writing];
}

function slices<Item>(items: readonly Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / filesAtOnce) }, (_, at) =>
    items.slice(at * filesAtOnce, (at + 1) * filesAtOnce),
  );
}
