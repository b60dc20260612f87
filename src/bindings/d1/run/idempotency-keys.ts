import { z } from "zod";
import { primary } from "../primary.ts";

/** A key that a caller put on a request, and what the request was. */
export interface KeyedRequest {
  caller: string;
  key: string;
  /** Canonical digest of all that was asked: another request under the same key has another. */
  requestDigest: string;
}

const keyRow = z.object({ request_digest: z.string(), run_id: z.string() });
export type KeyRow = z.infer<typeof keyRow>;

/** What a key was used for since `notBefore` (RFC 3339); null when it was not. */
export async function loadKey(
  db: D1Database,
  { caller, key }: Pick<KeyedRequest, "caller" | "key">,
  notBefore: string,
): Promise<KeyRow | null> {
  const row = await primary(db)
    .prepare("SELECT request_digest, run_id FROM idempotency_key WHERE caller = ? AND key = ? AND created_at >= ?")
    .bind(caller, key, notBefore)
    .first();
  return row === null ? null : keyRow.parse(row);
}

/**
 * Takes the key for a run. The primary key aborts the whole batch when the key is taken, so that of two simultaneous requests one
 * wins; a use from before `notBefore` has expired and makes way.
 */
export function keyStatements(
  session: D1DatabaseSession,
  { caller, key, requestDigest }: KeyedRequest,
  taken: { runId: string; at: string; notBefore: string },
): D1PreparedStatement[] {
  return [
    session
      .prepare("DELETE FROM idempotency_key WHERE caller = ? AND key = ? AND created_at < ?")
      .bind(caller, key, taken.notBefore),
    session
      .prepare("INSERT INTO idempotency_key (caller, key, request_digest, run_id, created_at) VALUES (?, ?, ?, ?, ?)")
      .bind(caller, key, requestDigest, taken.runId, taken.at),
  ];
}

/** Whether a batch failed because its idempotency key is taken. */
export function isKeyTaken(error: unknown): boolean {
  // "UNIQUE constraint failed: idempotency_key.caller, idempotency_key.key"
  return error instanceof Error && error.message.includes("idempotency_key.key");
}

/** Forgets keys from before `before`, at most `most`. Answers how many. */
export async function deleteExpiredKeys(db: D1Database, before: string, most: number): Promise<number> {
  const { meta } = await db
    .prepare(
      `DELETE FROM idempotency_key WHERE (caller, key) IN
         (SELECT caller, key FROM idempotency_key WHERE created_at < ? ORDER BY created_at LIMIT ?)`,
    )
    .bind(before, most)
    .run();
  return meta.changes;
}
