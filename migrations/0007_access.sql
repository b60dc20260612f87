-- Access, audit, webhooks. docs/storage-schema.md tells what each table is for.

-- What happened in words that listeners are told: JSON {digest, tags, reason}.
ALTER TABLE announcement ADD COLUMN details TEXT NOT NULL DEFAULT '{}';

CREATE TABLE access_token (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  digest TEXT NOT NULL UNIQUE,      -- SHA-256 of the token, in hex
  hint TEXT NOT NULL,
  scopes TEXT NOT NULL,             -- JSON array
  names TEXT NOT NULL,              -- JSON array of name patterns
  rate_class TEXT NOT NULL,
  publisher TEXT,                   -- the trusted publisher that it was given for
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  expires_at TEXT,
  last_used_at TEXT,
  revoked_at TEXT,
  revoked_by TEXT
) WITHOUT ROWID;
CREATE INDEX access_token_created ON access_token (created_at, id);
CREATE INDEX access_token_expires ON access_token (expires_at) WHERE publisher IS NOT NULL;

CREATE TABLE trusted_publisher (
  id TEXT PRIMARY KEY,
  name TEXT NOT NULL,
  issuer TEXT NOT NULL,
  claims TEXT NOT NULL,             -- JSON object of patterns
  scopes TEXT NOT NULL,
  names TEXT NOT NULL,
  token_seconds INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL,
  last_used_at TEXT
) WITHOUT ROWID;
CREATE INDEX trusted_publisher_issuer ON trusted_publisher (issuer);

-- Identities that were exchanged: each is taken once.
CREATE TABLE exchanged_identity (
  digest TEXT PRIMARY KEY,          -- SHA-256 of the JSON Web Token
  expires_at TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX exchanged_identity_expires ON exchanged_identity (expires_at);

-- Append-only: an entry's hashes are set once, nothing else ever changes, nothing is removed.
CREATE TABLE audit_entry (
  seq INTEGER PRIMARY KEY AUTOINCREMENT,
  at TEXT NOT NULL,
  actor TEXT NOT NULL,
  token_id TEXT,
  operation TEXT NOT NULL,
  subject TEXT,
  outcome TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
  code TEXT,
  address TEXT,
  request_id TEXT,
  details TEXT NOT NULL,            -- JSON object
  previous_hash TEXT,
  hash TEXT
);
CREATE INDEX audit_entry_unsealed ON audit_entry (seq) WHERE hash IS NULL;
CREATE INDEX audit_entry_actor ON audit_entry (actor, seq);
CREATE INDEX audit_entry_subject ON audit_entry (subject, seq);
CREATE INDEX audit_entry_request ON audit_entry (request_id) WHERE request_id IS NOT NULL;
CREATE INDEX audit_entry_token ON audit_entry (token_id, seq) WHERE token_id IS NOT NULL;
CREATE TRIGGER audit_entry_stays BEFORE DELETE ON audit_entry BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
-- INSERT OR REPLACE deletes without asking the trigger above.
CREATE TRIGGER audit_entry_not_replaced BEFORE INSERT ON audit_entry
WHEN EXISTS (SELECT 1 FROM audit_entry WHERE seq = NEW.seq) BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;
CREATE TRIGGER audit_entry_sealed_once BEFORE UPDATE ON audit_entry
WHEN OLD.hash IS NOT NULL OR NEW.hash IS NULL OR NEW.previous_hash IS NULL OR NEW.seq IS NOT OLD.seq OR NEW.at IS NOT OLD.at
  OR NEW.actor IS NOT OLD.actor OR NEW.token_id IS NOT OLD.token_id OR NEW.operation IS NOT OLD.operation
  OR NEW.subject IS NOT OLD.subject OR NEW.outcome IS NOT OLD.outcome OR NEW.code IS NOT OLD.code
  OR NEW.address IS NOT OLD.address OR NEW.request_id IS NOT OLD.request_id OR NEW.details IS NOT OLD.details
BEGIN
  SELECT RAISE(ABORT, 'the audit log is append-only');
END;

CREATE TABLE webhook_source (
  name TEXT PRIMARY KEY,
  provider TEXT NOT NULL CHECK (provider IN ('github', 'gitlab', 'generic')),
  settings TEXT NOT NULL,           -- JSON: what its contract calls SourceSettings
  state TEXT NOT NULL CHECK (state IN ('active', 'paused')),
  secret TEXT NOT NULL,             -- sealed
  secret_hint TEXT NOT NULL,
  credential TEXT,                  -- sealed
  synced_commit TEXT,
  synced_at TEXT,
  busy_by TEXT,                     -- the delivery that is being done, so that a source does one at a time
  busy_until TEXT,                  -- after this it is taken for dead
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
) WITHOUT ROWID;

-- Watched files of a source at its synced commit, and what each published.
CREATE TABLE webhook_source_file (
  source TEXT NOT NULL,
  path TEXT NOT NULL,
  blob TEXT NOT NULL,               -- the host's own name of the content
  artifacts TEXT NOT NULL,          -- JSON array of {kind, name, version}
  PRIMARY KEY (source, path)
) WITHOUT ROWID;

CREATE TABLE webhook_delivery (
  id TEXT PRIMARY KEY,
  source TEXT NOT NULL,
  host_id TEXT NOT NULL,
  registry_url TEXT NOT NULL,       -- how the host reaches this registry: links in statuses begin with it
  body_digest TEXT NOT NULL,        -- the body lies in R2 where the work needs it (generic)
  event TEXT NOT NULL,
  ref TEXT,
  commit_id TEXT,
  pusher TEXT,
  state TEXT NOT NULL CHECK (state IN ('queued', 'working', 'succeeded', 'failed', 'ignored')),
  reason TEXT,
  attempts INTEGER NOT NULL DEFAULT 0,
  received_at TEXT NOT NULL,
  finished_at TEXT,
  next_attempt_at TEXT,
  status_posted TEXT NOT NULL DEFAULT 'no' CHECK (status_posted IN ('no', 'waiting', 'posted', 'given_up')),
  outcome TEXT,                     -- JSON; a large one lies in R2
  outcome_digest TEXT,
  UNIQUE (source, host_id)
);
CREATE UNIQUE INDEX webhook_delivery_body ON webhook_delivery (source, body_digest);
CREATE INDEX webhook_delivery_of_source ON webhook_delivery (source, received_at, id);
CREATE INDEX webhook_delivery_open ON webhook_delivery (state, received_at) WHERE state IN ('queued', 'working') OR status_posted = 'waiting';

CREATE TABLE subscription (
  id TEXT PRIMARY KEY,
  settings TEXT NOT NULL,           -- JSON: url, description, events, names, redirects
  state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'disabled')),
  reason TEXT,
  secrets TEXT NOT NULL,            -- JSON array of {sealed, hint, created_at, expires_at}, newest first
  begins_after INTEGER NOT NULL,    -- changes up to this seq are none of its
  created_at TEXT NOT NULL,
  created_by TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX subscription_state ON subscription (state, id);
