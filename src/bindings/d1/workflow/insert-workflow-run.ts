import { primary } from "../primary.ts";
import { isKeyTaken } from "../run/idempotency-keys.ts";
import { type NewRun, newRunStatements } from "../run/insert-run.ts";
import { endedParent, parentOpenStatement } from "./parent-open-statement.ts";

/** What a run of a workflow has beside its row in `run`. */
export interface PlannedRun {
  planDigest: string;
  /** 1, and one more for each workflow that it was called by. */
  depth: number;
}

/**
 * Records a run of a workflow in one D1 batch, all or nothing: what `insertRun` records, and its plan. `known`: it was recorded before.
 * `key_taken`: another request took the key first. `parent_ended`: the run has ended whose step it would do. `plan_going`: a sweep is removing the
 * plan's bytes.
 */
export async function insertWorkflowRun(
  db: D1Database,
  run: NewRun,
  { planDigest, depth }: PlannedRun,
): Promise<"made" | "known" | "key_taken" | "parent_ended" | "plan_going"> {
  const session = primary(db);
  const { id, parent_run: parent } = run.row;
  try {
    await session.batch([
      ...(parent === null ? [] : [parentOpenStatement(session, parent)]),
      ...newRunStatements(session, run),
      session
        .prepare("INSERT INTO workflow_run (run_id, plan_digest, depth) VALUES (?, ?, ?)")
        .bind(id, planDigest, depth),
    ]);
    return "made";
  } catch (error) {
    if (isKeyTaken(error)) return "key_taken";
    if (endedParent(error)) return "parent_ended";
    const text = String(error);
    // The trigger of migration 0006; a file among the inputs that is being removed says the same, and a repetition ends it too.
    if (text.includes("bytes that this names are being removed")) return "plan_going";
    if (text.includes("run.id") && (await isRecorded(session, id))) return "known";
    throw error;
  }
}

async function isRecorded(session: D1DatabaseSession, id: string): Promise<boolean> {
  return (await session.prepare("SELECT 1 FROM run WHERE id = ?").bind(id).first()) !== null;
}
