/*
 * What a RunnerPool has on disk (SQLite of its Durable Object). Times are milliseconds since 1970.
 *
 *   job         runs that wait or are leased; gone when the run has ended
 *   ended       runs that ended lately, so that what is said twice is answered alike
 *   event       what happened in a run, until it is archived in R2
 *   runner      runners that were ever seen, what they can do, whether they may
 *   circuit     handlers that failed lately
 *   outputs     outputs that documents declare, by flattened digest, so that a lease need not read R2
 *   told_run, told_attempt   what D1 has still to be told of runs and attempts
 */
const tables = `
CREATE TABLE IF NOT EXISTS job (
  run_id TEXT PRIMARY KEY,
  job TEXT NOT NULL,
  flattened_digest TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'running')),
  priority INTEGER NOT NULL,
  handler TEXT,
  warm_keys TEXT NOT NULL,
  needs TEXT NOT NULL,                -- JSON; grows when a runner was too small
  attempt INTEGER NOT NULL,
  fence INTEGER NOT NULL,             -- of the newest lease
  settled_fence INTEGER NOT NULL,     -- of the newest lease whose runner said itself how it ended
  had_unknown INTEGER NOT NULL,
  arrived_at INTEGER NOT NULL,
  not_before INTEGER NOT NULL,
  failure TEXT,                       -- JSON, of the last attempt
  runner_id TEXT,
  runner_name TEXT,
  device INTEGER,
  device_class TEXT,
  leased_at INTEGER,
  started_at INTEGER,
  progress TEXT,
  ending TEXT                         -- JSON: how it ends, when that could not be committed yet
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS job_outputs ON job (flattened_digest);
CREATE TABLE IF NOT EXISTS ended (
  run_id TEXT PRIMARY KEY,
  fence INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('succeeded', 'failed', 'cancelled')),
  ended_at INTEGER NOT NULL,
  is_archived INTEGER NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS ended_age ON ended (is_archived, ended_at);
CREATE TABLE IF NOT EXISTS event (
  run_id TEXT NOT NULL,
  id INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (run_id, id)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS runner (
  runner_id TEXT PRIMARY KEY,
  capabilities TEXT NOT NULL,
  is_approved INTEGER NOT NULL,
  is_drained INTEGER NOT NULL,
  warm TEXT NOT NULL,
  vram_others TEXT NOT NULL,
  first_seen_at INTEGER NOT NULL,
  connected_at INTEGER,               -- null: not connected
  heard_at INTEGER NOT NULL,          -- while it is connected its socket knows better
  succeeded INTEGER NOT NULL,
  failed INTEGER NOT NULL
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS circuit (handler TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS outputs (flattened_digest TEXT PRIMARY KEY, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS told_run (run_id TEXT PRIMARY KEY, seq INTEGER NOT NULL, json TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS told_attempt (
  run_id TEXT NOT NULL,
  fence INTEGER NOT NULL,
  seq INTEGER NOT NULL,
  json TEXT NOT NULL,
  PRIMARY KEY (run_id, fence)
) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS own (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
`;

/** Makes the tables of a pool that has none. */
export function createTables(sql: SqlStorage): void {
  sql.exec(tables);
}
