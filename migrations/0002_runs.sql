-- Runs, entities, files. docs/storage-schema.md tells what each table is for.

CREATE TABLE run (
  id TEXT PRIMARY KEY,              -- UUID version 7: sorts by the time of its making
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  digest TEXT NOT NULL,
  pool TEXT NOT NULL,
  priority INTEGER NOT NULL,
  labels TEXT NOT NULL,             -- JSON object
  job TEXT NOT NULL,                -- JSON: the job as it is offered to its pool, again and again if need be
  state TEXT NOT NULL CHECK (state IN ('queued', 'leased', 'running', 'succeeded', 'failed', 'cancelled')),
  state_since TEXT NOT NULL,
  attempt INTEGER NOT NULL DEFAULT 0,
  max_attempts INTEGER NOT NULL,
  timeout_seconds INTEGER NOT NULL,
  fence INTEGER NOT NULL DEFAULT 0, -- of the newest lease that D1 was told of; a mirror of the pool's
  runner TEXT,                      -- JSON {id, name, device}
  device_class TEXT,                -- name of the device, or `cpu`: what medians of past runs go by
  progress TEXT,                    -- JSON, mirrored now and then
  failure TEXT,                     -- JSON, of a failed run
  failure_entity TEXT,
  cancelled_by TEXT,
  cancel_reason TEXT,
  input_entity TEXT NOT NULL,
  outputs_digest TEXT,              -- canonical digest of the list of outputs: what a replay is compared by
  replay_of TEXT,
  replay TEXT,                      -- JSON {outputs_equal, differences}
  events_digest TEXT,               -- the archived events, as NDJSON in R2
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  started_at TEXT,
  finished_at TEXT,
  run_seconds REAL
) WITHOUT ROWID;
CREATE INDEX run_state ON run (state, id);
CREATE INDEX run_name ON run (kind, name, id);
CREATE INDEX run_pool ON run (pool, state, id);
CREATE INDEX run_pool_newest ON run (pool, id);
CREATE INDEX run_input ON run (input_entity);
CREATE INDEX run_median ON run (kind, name, device_class, finished_at) WHERE state = 'succeeded';
CREATE INDEX run_replay ON run (replay_of) WHERE replay_of IS NOT NULL;
CREATE INDEX run_events_digest ON run (events_digest) WHERE events_digest IS NOT NULL;

-- One row for each lease; written when the attempt begins and when it ends.
CREATE TABLE run_attempt (
  run_id TEXT NOT NULL,
  fence INTEGER NOT NULL,
  attempt INTEGER NOT NULL,
  runner TEXT NOT NULL,             -- JSON {id, name, device}
  leased_at TEXT NOT NULL,
  ended_at TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('under_way', 'succeeded', 'failed', 'released', 'cancelled')),
  failure TEXT,                     -- JSON
  PRIMARY KEY (run_id, fence)
) WITHOUT ROWID;

CREATE TABLE run_label (
  key TEXT NOT NULL,
  value TEXT NOT NULL,
  run_id TEXT NOT NULL,
  PRIMARY KEY (key, value, run_id)
) WITHOUT ROWID;

-- Written in the batch that makes the run: the primary key is what makes a repeated request safe.
CREATE TABLE idempotency_key (
  caller TEXT NOT NULL,
  key TEXT NOT NULL,
  request_digest TEXT NOT NULL,
  run_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  PRIMARY KEY (caller, key)
) WITHOUT ROWID;
CREATE INDEX idempotency_key_age ON idempotency_key (created_at);

-- Immutable: rows are inserted and never changed; triggers see to it.
CREATE TABLE entity (
  ecs_id TEXT PRIMARY KEY,          -- UUID version 7
  lineage_id TEXT NOT NULL,
  lineage_version INTEGER NOT NULL,
  previous_ecs_id TEXT,
  root_ecs_id TEXT NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  forked_at TEXT,
  role TEXT NOT NULL CHECK (role IN ('input', 'output', 'failure', 'external')),
  kind TEXT,
  name TEXT,                        -- of the artifact; for external data its label
  version TEXT,
  digest TEXT,                      -- of the artifact
  data TEXT,                        -- JSON; null when data_digest says where it is
  data_digest TEXT,
  data_bytes INTEGER NOT NULL,
  untyped_data TEXT NOT NULL,       -- JSON
  attribute_source TEXT NOT NULL,   -- JSON
  derived_from_function TEXT,
  derived_from_run TEXT,
  output_index INTEGER,
  UNIQUE (lineage_id, lineage_version)
) WITHOUT ROWID;
CREATE INDEX entity_role ON entity (role, ecs_id);
CREATE INDEX entity_name ON entity (name, ecs_id);
CREATE INDEX entity_run ON entity (derived_from_run, output_index);
CREATE INDEX entity_previous ON entity (previous_ecs_id) WHERE previous_ecs_id IS NOT NULL;
CREATE INDEX entity_data_digest ON entity (data_digest) WHERE data_digest IS NOT NULL;
CREATE TRIGGER entity_is_immutable BEFORE UPDATE ON entity BEGIN
  SELECT RAISE (ABORT, 'an entity never changes');
END;
CREATE TRIGGER entity_stays BEFORE DELETE ON entity BEGIN
  SELECT RAISE (ABORT, 'an entity is never deleted');
END;

-- The provenance edges: a value of `ecs_id` came from a value of `source_ecs_id`. Paths are JSON Pointers into data.
CREATE TABLE entity_source (
  ecs_id TEXT NOT NULL,
  path TEXT NOT NULL,
  source_ecs_id TEXT NOT NULL,
  source_path TEXT NOT NULL,
  PRIMARY KEY (ecs_id, path)
) WITHOUT ROWID;
CREATE INDEX entity_source_of ON entity_source (source_ecs_id, ecs_id);
CREATE TRIGGER entity_source_is_immutable BEFORE UPDATE ON entity_source BEGIN
  SELECT RAISE (ABORT, 'provenance never changes');
END;
CREATE TRIGGER entity_source_stays BEFORE DELETE ON entity_source BEGIN
  SELECT RAISE (ABORT, 'provenance is never deleted');
END;

-- Which entities name a file: what an entity names is kept.
CREATE TABLE entity_file (
  digest TEXT NOT NULL,
  ecs_id TEXT NOT NULL,
  PRIMARY KEY (digest, ecs_id)
) WITHOUT ROWID;

CREATE TABLE file (
  digest TEXT PRIMARY KEY,
  size_bytes INTEGER NOT NULL,
  media_type TEXT NOT NULL,
  name TEXT,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  /* Sent again, or named by a request: what is in use is not swept. */
  touched_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX file_touched ON file (touched_at);

CREATE TABLE upload (
  id TEXT PRIMARY KEY,
  digest TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  media_type TEXT,
  name TEXT,
  r2_upload_id TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('open', 'complete', 'abandoned')),
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  expires_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX upload_expiry ON upload (state, expires_at);

CREATE TABLE upload_part (
  upload_id TEXT NOT NULL,
  part INTEGER NOT NULL,
  etag TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  PRIMARY KEY (upload_id, part)
) WITHOUT ROWID;

-- Pools that a run went to or a runner joined: which RunnerPools there are to ask.
CREATE TABLE pool (
  name TEXT PRIMARY KEY,
  created_at TEXT NOT NULL
) WITHOUT ROWID;

-- Messages of queues that could not be carried out.
CREATE TABLE dead_letter (
  id TEXT PRIMARY KEY,
  queue TEXT NOT NULL,
  body TEXT NOT NULL,
  reason TEXT NOT NULL,
  attempts INTEGER NOT NULL,
  run_id TEXT,
  at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX dead_letter_at ON dead_letter (at, id);
