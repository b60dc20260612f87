-- Functions are published as source code: beside the document a version has the source's own file name, what analysis told of it,
-- and the code that runs. The last two are digests of blobs in R2; null for what has none.
ALTER TABLE artifact_version ADD COLUMN source_file TEXT;
ALTER TABLE artifact_version ADD COLUMN analysis_digest TEXT;
ALTER TABLE artifact_version ADD COLUMN code_digest TEXT;

CREATE INDEX artifact_version_analysis ON artifact_version (analysis_digest) WHERE analysis_digest IS NOT NULL;
CREATE INDEX artifact_version_code ON artifact_version (code_digest) WHERE code_digest IS NOT NULL;

-- As 0003 does for the other digests of a version.
CREATE TRIGGER version_code_not_being_removed BEFORE INSERT ON artifact_version
WHEN EXISTS (SELECT 1 FROM blob_removal WHERE digest IN (NEW.analysis_digest, NEW.code_digest))
BEGIN
  SELECT RAISE (ABORT, 'bytes that this names are being removed');
END;
