import { z } from "zod";
import { limits } from "../../../contract/limits.ts";
import {
  hookProvider,
  type SourceSettings,
  sourceName,
  sourceSettings,
  webhookSource,
} from "../../../contract/webhook/source.ts";
import { primary } from "../primary.ts";

const sourceRow = z.object({
  name: sourceName,
  provider: hookProvider,
  settings: z.string().transform((text) => sourceSettings.parse(JSON.parse(text))),
  state: webhookSource.shape.state,
  /** Sealed, as is the credential. */
  secret: z.string(),
  secret_hint: z.string(),
  credential: z.string().nullable(),
  synced_commit: z.string().nullable(),
  synced_at: z.string().nullable(),
  files: z.number(),
  created_at: z.string(),
  created_by: z.string(),
});
/** A webhook source as D1 has it. */
export type SourceRow = z.infer<typeof sourceRow>;

const columns = `name, provider, settings, state, secret, secret_hint, credential, synced_commit, synced_at, created_at, created_by,
  (SELECT COUNT(*) FROM webhook_source_file f WHERE f.source = webhook_source.name) AS files`;

export async function loadSource(db: D1Database, name: string): Promise<SourceRow | null> {
  const row = await primary(db).prepare(`SELECT ${columns} FROM webhook_source WHERE name = ?`).bind(name).first();
  return row === null ? null : sourceRow.parse(row);
}

/** All sources, by name. */
export async function listSourceRows(db: D1Database): Promise<SourceRow[]> {
  const { results } = await primary(db).prepare(`SELECT ${columns} FROM webhook_source ORDER BY name`).all();
  return z.array(sourceRow).parse(results);
}

/** Adds a source. `taken`: its name is; `full`: there are as many as there may be. */
export async function insertSource(
  db: D1Database,
  row: Omit<SourceRow, "synced_commit" | "synced_at" | "files">,
): Promise<"inserted" | "taken" | "full"> {
  const { name, provider, settings, state, secret, secret_hint, credential, created_at, created_by } = row;
  const session = primary(db);
  const [inserted, named] = await session.batch([
    session
      .prepare(
        `INSERT INTO webhook_source (name, provider, settings, state, secret, secret_hint, credential, created_at, created_by)
         SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9 WHERE (SELECT COUNT(*) FROM webhook_source) < ?10
         ON CONFLICT (name) DO NOTHING`,
      )
      .bind(
        ...[name, provider, JSON.stringify(settings), state, secret, secret_hint, credential, created_at, created_by],
        limits.webhookSources,
      ),
    session.prepare("SELECT 1 AS found FROM webhook_source WHERE name = ?").bind(name),
  ]);
  if (inserted?.meta.changes === 1) return "inserted";
  return named?.results.length === 1 ? "taken" : "full";
}

/** What a change of a source sets. */
export interface SourceUpdate extends Pick<SourceRow, "name" | "state" | "secret" | "secret_hint" | "credential"> {
  settings: SourceSettings;
}

/** Changes a source. One that `beginsAnew` forgets what was synced; a push that is being done then is done again. */
export async function updateSource(db: D1Database, update: SourceUpdate, beginsAnew: boolean): Promise<void> {
  const { name, settings, state, secret, secret_hint, credential } = update;
  const session = primary(db);
  await session.batch([
    session
      .prepare(
        `UPDATE webhook_source SET settings = ?2, state = ?3, secret = ?4, secret_hint = ?5, credential = ?6, busy_by = NULL, busy_until = NULL
         WHERE name = ?1`,
      )
      .bind(name, JSON.stringify(settings), state, secret, secret_hint, credential),
    ...(beginsAnew
      ? [
          session.prepare("UPDATE webhook_source SET synced_commit = NULL, synced_at = NULL WHERE name = ?").bind(name),
          session.prepare("DELETE FROM webhook_source_file WHERE source = ?").bind(name),
        ]
      : []),
  ]);
}

/** Removes a source and all that is known of its deliveries. */
export async function deleteSource(db: D1Database, name: string): Promise<void> {
  const session = primary(db);
  await session.batch([
    session.prepare("DELETE FROM webhook_source WHERE name = ?").bind(name),
    session.prepare("DELETE FROM webhook_source_file WHERE source = ?").bind(name),
    session.prepare("DELETE FROM webhook_delivery WHERE source = ?").bind(name),
  ]);
}
