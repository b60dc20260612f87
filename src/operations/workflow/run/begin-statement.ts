import { statesBefore } from "../../../bindings/d1/run/states-before.ts";
import { workflowRunner } from "../../workflow-run/workflow-runner.ts";

/** A run is under way from when it was made: its instance is started at once. */
export function beginStatement(session: D1DatabaseSession, runId: string): D1PreparedStatement {
  return session
    .prepare(
      `UPDATE run SET state = 'running', state_since = created_at, started_at = created_at, attempt = 1, fence = 1, runner = ?2
       WHERE id = ?1 AND state IN ${statesBefore("lease")}`,
    )
    .bind(runId, JSON.stringify(workflowRunner));
}
