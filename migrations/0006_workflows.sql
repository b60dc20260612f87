-- Runs of workflows. docs/storage-schema.md tells what each table is for.

ALTER TABLE run ADD COLUMN parent_run TEXT;            -- the workflow's run that waits for this one
ALTER TABLE run ADD COLUMN parent_step TEXT;           -- the path of its step
ALTER TABLE run ADD COLUMN parent_told INTEGER NOT NULL DEFAULT 0; -- 1 once that run was told of this one's end
ALTER TABLE run ADD COLUMN retry_of TEXT;              -- the workflow's run whose results this one goes on from
ALTER TABLE run ADD COLUMN retry_from TEXT;            -- the path of the step that it begins with
CREATE INDEX run_parent ON run (parent_run, id) WHERE parent_run IS NOT NULL;
CREATE INDEX run_no_parent ON run (id) WHERE parent_run IS NULL;
CREATE INDEX run_untold ON run (state, id) WHERE parent_run IS NOT NULL AND parent_told = 0;

-- What a run has beside its row in `run` when it is one of a workflow.
CREATE TABLE workflow_run (
  run_id TEXT PRIMARY KEY,
  plan_digest TEXT NOT NULL,        -- JSON in R2: every skill that it calls, fixed at its start
  depth INTEGER NOT NULL,           -- 1, and one more for each workflow that it was called by
  settled INTEGER NOT NULL DEFAULT 0 -- 1 once its end has reached all that it concerns: its instance, its steps' runs, its listeners
) WITHOUT ROWID;
CREATE INDEX workflow_run_unsettled ON workflow_run (run_id) WHERE settled = 0;
CREATE INDEX workflow_run_plan ON workflow_run (plan_digest);

-- Steps of a run as they stand: written as the run goes, by its instance; an approval's answer by whoever gives it.
CREATE TABLE workflow_step (
  run_id TEXT NOT NULL,
  path TEXT NOT NULL,
  position TEXT NOT NULL,
  id TEXT NOT NULL,
  type TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('running', 'waiting', 'succeeded', 'kept', 'failed', 'skipped', 'cancelled')),
  skill TEXT,
  run TEXT,
  attempt INTEGER NOT NULL DEFAULT 0,
  started_at TEXT,
  finished_at TEXT,
  reason TEXT,
  failure TEXT,                     -- JSON
  input_entity TEXT,
  output_entity TEXT,
  approval TEXT,                    -- JSON {message, approvers, until}
  answer TEXT,                      -- JSON {approved, by, comment, at}
  items INTEGER,
  branch TEXT,
  PRIMARY KEY (run_id, path)
) WITHOUT ROWID;
CREATE INDEX workflow_step_position ON workflow_step (run_id, position);
CREATE INDEX workflow_step_answered ON workflow_step (run_id, path) WHERE state = 'waiting' AND answer IS NOT NULL;

-- What a version of a workflow calls, and who answered to that when it was published.
CREATE TABLE workflow_skill (
  name TEXT NOT NULL,
  version TEXT NOT NULL,
  skill TEXT NOT NULL,              -- as the document writes it
  kind TEXT,                        -- of who answers; null when nobody did
  target TEXT,
  target_version TEXT,
  target_digest TEXT,
  target_skill TEXT,                -- the skill's id, where an agent answers
  PRIMARY KEY (name, version, skill)
) WITHOUT ROWID;
CREATE INDEX workflow_skill_target ON workflow_skill (kind, target) WHERE target IS NOT NULL;
CREATE INDEX workflow_skill_open ON workflow_skill (skill) WHERE target IS NULL;

-- Plans of runs that have not begun to name them yet are swept like all bytes that nothing names.
CREATE TRIGGER workflow_plan_not_being_removed BEFORE INSERT ON workflow_run
WHEN EXISTS (SELECT 1 FROM blob_removal WHERE digest = NEW.plan_digest)
BEGIN
  SELECT RAISE (ABORT, 'bytes that this names are being removed');
END;
