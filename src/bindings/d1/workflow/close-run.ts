import { primary } from "../primary.ts";
import { cancelChildrenStatements } from "./child-run-rows.ts";
import { cancelStepsStatement } from "./step-rows.ts";

/** Ends what a run that has ended leaves open, in one batch: the runs that it waited for, and its steps. Nothing when it has not ended. */
export async function closeOpenWork(
  db: D1Database,
  runId: string,
  end: { at: string; by: string; reason: string },
): Promise<void> {
  const session = primary(db);
  await session.batch([...cancelChildrenStatements(session, runId, end), cancelStepsStatement(session, runId, end)]);
}
