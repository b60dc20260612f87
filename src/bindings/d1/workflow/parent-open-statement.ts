/** Fails its batch when a run has ended: then nothing is begun for it. Reading what is no JSON is how a batch of D1 can be given up. */
export function parentOpenStatement(session: D1DatabaseSession, runId: string): D1PreparedStatement {
  return session
    .prepare(
      `SELECT CASE WHEN EXISTS (SELECT 1 FROM run WHERE id = ? AND state IN ('queued', 'leased', 'running'))
       THEN 1 ELSE json('the parent has ended') END`,
    )
    .bind(runId);
}

/** Whether a batch failed by that statement. */
export function endedParent(error: unknown): boolean {
  return String(error).includes("malformed JSON");
}
