-- Blobs that a sweep is removing just now. D1 decides and R2 deletes, and the two share no transaction: while a digest stands
-- here nothing may begin to name it, so bytes that someone sends again are never deleted under their new name.
CREATE TABLE blob_removal (
  digest TEXT PRIMARY KEY,
  began_at TEXT NOT NULL
) WITHOUT ROWID;

CREATE TRIGGER file_not_being_removed BEFORE INSERT ON file
WHEN EXISTS (SELECT 1 FROM blob_removal WHERE digest = NEW.digest)
BEGIN
  SELECT RAISE (ABORT, 'bytes that this names are being removed');
END;

CREATE TRIGGER entity_data_not_being_removed BEFORE INSERT ON entity
WHEN NEW.data_digest IS NOT NULL AND EXISTS (SELECT 1 FROM blob_removal WHERE digest = NEW.data_digest)
BEGIN
  SELECT RAISE (ABORT, 'bytes that this names are being removed');
END;

CREATE TRIGGER run_events_not_being_removed BEFORE UPDATE OF events_digest ON run
WHEN NEW.events_digest IS NOT NULL AND EXISTS (SELECT 1 FROM blob_removal WHERE digest = NEW.events_digest)
BEGIN
  SELECT RAISE (ABORT, 'bytes that this names are being removed');
END;

CREATE TRIGGER version_not_being_removed BEFORE INSERT ON artifact_version
WHEN EXISTS (SELECT 1 FROM blob_removal WHERE digest IN (NEW.digest, NEW.source_digest, NEW.flattened_digest))
BEGIN
  SELECT RAISE (ABORT, 'bytes that this names are being removed');
END;
