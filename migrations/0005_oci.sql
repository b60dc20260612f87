-- The OCI registry at /v2/: which repository has which manifests, blobs and tags. Bytes are in R2, shared by all repositories; a row
-- here is what makes them visible in one. docs/storage-schema.md tells what each table is for.

CREATE TABLE oci_repository (
  repository TEXT PRIMARY KEY,
  created_at TEXT NOT NULL
) WITHOUT ROWID;

-- What was published before this has a repository too; its manifests are made by cron, or when they are asked for.
INSERT INTO oci_repository (repository, created_at)
SELECT kind || 's/' || name, MIN(published_at) FROM artifact_version GROUP BY kind, name;

CREATE TABLE oci_blob (
  repository TEXT NOT NULL,
  digest TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  touched_at TEXT NOT NULL,         -- when a client last sent it, mounted it, or was told that it is there
  PRIMARY KEY (repository, digest)
) WITHOUT ROWID;
CREATE INDEX oci_blob_digest ON oci_blob (digest);

CREATE TABLE oci_manifest (
  repository TEXT NOT NULL,
  digest TEXT NOT NULL,
  media_type TEXT NOT NULL,
  size_bytes INTEGER NOT NULL,
  artifact_type TEXT,
  subject TEXT,
  annotations TEXT NOT NULL,        -- JSON object
  version TEXT,                     -- the artifact's version that it packages, in a typed repository
  pushed_at TEXT NOT NULL,
  pushed_by TEXT NOT NULL,
  PRIMARY KEY (repository, digest)
) WITHOUT ROWID;
CREATE INDEX oci_manifest_digest ON oci_manifest (digest);
CREATE INDEX oci_manifest_subject ON oci_manifest (repository, subject, digest) WHERE subject IS NOT NULL;
CREATE INDEX oci_manifest_version ON oci_manifest (repository, version) WHERE version IS NOT NULL;

-- What manifests refer to, blobs and manifests alike: its rows are the reference counts that decide what is garbage.
CREATE TABLE oci_reference (
  repository TEXT NOT NULL,
  digest TEXT NOT NULL,
  manifest TEXT NOT NULL,
  PRIMARY KEY (repository, digest, manifest)
) WITHOUT ROWID;
CREATE INDEX oci_reference_manifest ON oci_reference (repository, manifest);

-- Tags of plain repositories. An artifact's tags are those of `tag`, and its versions.
CREATE TABLE oci_tag (
  repository TEXT NOT NULL,
  tag TEXT NOT NULL,
  digest TEXT NOT NULL,
  moved_at TEXT NOT NULL,
  moved_by TEXT NOT NULL,
  PRIMARY KEY (repository, tag)
) WITHOUT ROWID;
CREATE INDEX oci_tag_digest ON oci_tag (repository, digest);

-- The manifest that a version's number and tags answer with: the last one pushed, else the one that the registry makes of it.
ALTER TABLE artifact_version ADD COLUMN manifest_digest TEXT;
CREATE INDEX artifact_version_unpackaged ON artifact_version (kind, name)
WHERE manifest_digest IS NULL AND state <> 'deleted';

-- As 0003 does for what it knows.
CREATE TRIGGER oci_blob_not_being_removed BEFORE INSERT ON oci_blob
WHEN EXISTS (SELECT 1 FROM blob_removal WHERE digest = NEW.digest)
BEGIN
  SELECT RAISE (ABORT, 'bytes that this names are being removed');
END;

CREATE TRIGGER oci_manifest_not_being_removed BEFORE INSERT ON oci_manifest
WHEN EXISTS (SELECT 1 FROM blob_removal WHERE digest = NEW.digest)
BEGIN
  SELECT RAISE (ABORT, 'bytes that this names are being removed');
END;

-- Agents: which skills each live card offers, and how its address was when it was last asked.
CREATE TABLE agent_skill (
  skill TEXT NOT NULL,
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  PRIMARY KEY (skill, name, version)
) WITHOUT ROWID;
CREATE INDEX agent_skill_of ON agent_skill (name, version);

-- What of a card is chosen by and asked: where the agent answers, and its labels (JSON object).
CREATE TABLE agent_card (
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  url TEXT NOT NULL,
  labels TEXT NOT NULL,
  PRIMARY KEY (name, version)
) WITHOUT ROWID;

-- An address is healthy, not a version: a new card of the same address need not be asked first.
CREATE TABLE agent_health (
  name TEXT NOT NULL,
  url TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('healthy', 'unhealthy', 'unknown')),
  checked_at TEXT NOT NULL,
  changed_at TEXT NOT NULL,
  latency_ms INTEGER,
  message TEXT,
  failures INTEGER NOT NULL,        -- in a row
  PRIMARY KEY (name, url)
) WITHOUT ROWID;
CREATE INDEX agent_health_age ON agent_health (checked_at);
