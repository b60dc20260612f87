import { z } from "zod";
import type { UploadChunk, UploadSession } from "../durable/repository.ts";

/*
 * Upload sessions of one repository of which something came, or that were cancelled (SQLite of its keeper's Durable Object). Times are
 * milliseconds since 1970.
 *
 *   upload         sessions, those that have ended too, until they are too old
 *   upload_chunk   what came of a session that is open, and where R2 has it
 */
const tables = `
CREATE TABLE IF NOT EXISTS upload (
  id TEXT PRIMARY KEY,
  came_at INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL DEFAULT 0,
  chunks INTEGER NOT NULL DEFAULT 0,
  ended TEXT                          -- the digest of the blob that it became, or 'cancelled'
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS upload_age ON upload (came_at);
CREATE TABLE IF NOT EXISTS upload_chunk (
  upload_id TEXT NOT NULL,
  offset_bytes INTEGER NOT NULL,
  size_bytes INTEGER NOT NULL,
  key TEXT NOT NULL,
  PRIMARY KEY (upload_id, offset_bytes)
) WITHOUT ROWID;
`;

const uploadRow = z
  .object({ size_bytes: z.number(), chunks: z.number(), ended: z.string().nullable() })
  .transform((row): UploadSession => ({ sizeBytes: row.size_bytes, chunks: row.chunks, ended: endOf(row.ended) }));
const chunkRow = z
  .object({ offset_bytes: z.number(), size_bytes: z.number(), key: z.string() })
  .transform((row): UploadChunk => ({ offset: row.offset_bytes, sizeBytes: row.size_bytes, key: row.key }));
const idRow = z.object({ id: z.string() });

/** Upload sessions on disk. What one method writes is written together. */
export class UploadTable {
  readonly #storage: DurableObjectStorage;

  constructor(storage: DurableObjectStorage) {
    this.#storage = storage;
    storage.sql.exec(tables);
  }

  /** Null: there are no tables, so no sessions; making them would be a write. */
  static open(storage: DurableObjectStorage): UploadTable | null {
    const found = storage.sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'upload'").toArray();
    return found.length === 0 ? null : new UploadTable(storage);
  }

  load(id: string): UploadSession | null {
    const [row] = this.#storage.sql.exec("SELECT size_bytes, chunks, ended FROM upload WHERE id = ?", id).toArray();
    return row === undefined ? null : uploadRow.parse(row);
  }

  listChunks(id: string): UploadChunk[] {
    const rows = this.#storage.sql.exec(
      "SELECT offset_bytes, size_bytes, key FROM upload_chunk WHERE upload_id = ? ORDER BY offset_bytes",
      id,
    );
    return z.array(chunkRow).parse(rows.toArray());
  }

  insertChunk(id: string, chunk: UploadChunk, cameAt: number): void {
    this.#storage.transactionSync(() => {
      this.#insert(id, cameAt);
      this.#storage.sql.exec(
        "INSERT INTO upload_chunk (upload_id, offset_bytes, size_bytes, key) VALUES (?, ?, ?, ?)",
        id,
        chunk.offset,
        chunk.sizeBytes,
        chunk.key,
      );
      this.#storage.sql.exec(
        "UPDATE upload SET size_bytes = size_bytes + ?, chunks = chunks + 1 WHERE id = ?",
        chunk.sizeBytes,
        id,
      );
    });
  }

  /** `ended`: the digest of the blob that it became, or "cancelled". */
  markEnded(id: string, ended: string, cameAt: number): void {
    this.#storage.transactionSync(() => {
      this.#insert(id, cameAt);
      this.#storage.sql.exec("UPDATE upload SET ended = ? WHERE id = ?", ended, id);
      this.#storage.sql.exec("DELETE FROM upload_chunk WHERE upload_id = ?", id);
    });
  }

  /** Removes sessions of which the first came before `before`, some at a time: there are seldom many. */
  removeOlder(before: number): void {
    const rows = this.#storage.sql.exec("SELECT id FROM upload WHERE came_at < ? LIMIT 20", before).toArray();
    for (const { id } of z.array(idRow).parse(rows)) {
      this.#storage.transactionSync(() => {
        this.#storage.sql.exec("DELETE FROM upload_chunk WHERE upload_id = ?", id);
        this.#storage.sql.exec("DELETE FROM upload WHERE id = ?", id);
      });
    }
  }

  #insert(id: string, cameAt: number): void {
    this.#storage.sql.exec("INSERT INTO upload (id, came_at) VALUES (?, ?) ON CONFLICT (id) DO NOTHING", id, cameAt);
  }
}

function endOf(ended: string | null): UploadSession["ended"] {
  if (ended === null) return null;
  return ended === "cancelled" ? { how: "cancelled" } : { how: "completed", digest: ended };
}
