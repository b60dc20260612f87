-- The registry's truth. docs/storage-schema.md tells what each table is for.

-- The one global order of change. `revision` counts the changes of one name: its uniqueness is the compare-and-set
-- that makes a commit right even if two Registrars of one name run at once: the loser's whole batch rolls back.
CREATE TABLE announcement (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  revision INTEGER NOT NULL,
  change TEXT NOT NULL,
  version TEXT,
  announced_at TEXT NOT NULL,
  announced_by TEXT NOT NULL,
  UNIQUE (kind, name, revision)
);

CREATE TABLE artifact_version (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  digest TEXT NOT NULL,             -- canonical document, as authored
  source_digest TEXT NOT NULL,      -- bytes as sent
  source_media_type TEXT NOT NULL,
  flattened_digest TEXT NOT NULL,   -- canonical document with its parents merged in: what lookups serve
  parent_name TEXT,
  parent_version TEXT,
  parent_digest TEXT,
  title TEXT,
  description TEXT,
  category TEXT,
  author TEXT,
  keywords TEXT NOT NULL,           -- JSON array
  runtime TEXT NOT NULL,
  gpu INTEGER NOT NULL,
  abstract INTEGER NOT NULL,
  interface TEXT NOT NULL,          -- JSON: inputs, outputs, examples; what OpenAPI needs, so that it reads no documents
  state TEXT NOT NULL CHECK (state IN ('live', 'deprecated', 'yanked', 'deleted')),
  state_since TEXT,
  state_message TEXT,
  successor TEXT,
  sunset TEXT,
  published_at TEXT NOT NULL,
  published_by TEXT NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (kind, name, version)
) WITHOUT ROWID;

CREATE INDEX artifact_version_source ON artifact_version (source_digest);
CREATE INDEX artifact_version_digest ON artifact_version (digest);
CREATE INDEX artifact_version_flattened ON artifact_version (flattened_digest);
CREATE INDEX artifact_version_parent ON artifact_version (kind, parent_name, parent_version);

CREATE TABLE tag (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  tag TEXT NOT NULL,
  version TEXT NOT NULL,
  PRIMARY KEY (kind, name, tag)
) WITHOUT ROWID;

-- Append-only.
CREATE TABLE tag_move (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  tag TEXT NOT NULL,
  from_version TEXT,
  to_version TEXT,
  moved_at TEXT NOT NULL,
  moved_by TEXT NOT NULL,
  reason TEXT
);
CREATE INDEX tag_move_of_tag ON tag_move (kind, name, tag, id);

-- Names of which a commit may still lack its effects (KV, hubs), since the oldest such commit; removed when they are done.
CREATE TABLE pending_effect (
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  seq INTEGER NOT NULL,
  committed_at TEXT NOT NULL,
  PRIMARY KEY (kind, name)
) WITHOUT ROWID;

-- One row a name, told by its `latest` version.
CREATE TABLE catalogue (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  state TEXT NOT NULL,
  title TEXT,
  description TEXT,
  category TEXT,
  author TEXT,
  keywords TEXT NOT NULL,           -- JSON array
  runtime TEXT NOT NULL,
  gpu INTEGER NOT NULL,
  abstract INTEGER NOT NULL,
  published_at TEXT NOT NULL,
  UNIQUE (kind, name)
);
CREATE INDEX catalogue_category ON catalogue (kind, category, name);

CREATE VIRTUAL TABLE catalogue_search USING fts5 (
  name, title, description, keywords,
  content = 'catalogue', content_rowid = 'id', tokenize = "porter unicode61 remove_diacritics 2", prefix = '2 3'
);
CREATE TRIGGER catalogue_search_insert AFTER INSERT ON catalogue BEGIN
  INSERT INTO catalogue_search (rowid, name, title, description, keywords)
  VALUES (new.id, new.name, new.title, new.description, new.keywords);
END;
CREATE TRIGGER catalogue_search_delete AFTER DELETE ON catalogue BEGIN
  INSERT INTO catalogue_search (catalogue_search, rowid, name, title, description, keywords)
  VALUES ('delete', old.id, old.name, old.title, old.description, old.keywords);
END;
CREATE TRIGGER catalogue_search_update AFTER UPDATE ON catalogue BEGIN
  INSERT INTO catalogue_search (catalogue_search, rowid, name, title, description, keywords)
  VALUES ('delete', old.id, old.name, old.title, old.description, old.keywords);
  INSERT INTO catalogue_search (rowid, name, title, description, keywords)
  VALUES (new.id, new.name, new.title, new.description, new.keywords);
END;

-- Where a cron job that works in slices goes on.
CREATE TABLE sweep_position (
  sweep TEXT PRIMARY KEY,
  position TEXT,
  moved_at TEXT NOT NULL
) WITHOUT ROWID;
