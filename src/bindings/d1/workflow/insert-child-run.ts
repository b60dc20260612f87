import { primary } from "../primary.ts";
import { type NewRun, newRunStatements } from "../run/insert-run.ts";
import { endedParent, parentOpenStatement } from "./parent-open-statement.ts";

/**
 * Records the run that does a step of another, as `insertRun` does. `known`: it was recorded before. `parent_ended`: the other has ended, so
 * nothing is recorded.
 */
export async function insertChildRun(
  db: D1Database,
  run: NewRun,
  parentRun: string,
): Promise<"made" | "known" | "parent_ended"> {
  const session = primary(db);
  const { id, created_at: at, pool } = run.row;
  try {
    await session.batch([
      parentOpenStatement(session, parentRun),
      ...newRunStatements(session, run),
      session.prepare("INSERT INTO pool (name, created_at) VALUES (?, ?) ON CONFLICT (name) DO NOTHING").bind(pool, at),
    ]);
    return "made";
  } catch (error) {
    if (endedParent(error)) return "parent_ended";
    if (String(error).includes("run.id")) return (await exists(session, id)) ? "known" : Promise.reject(error);
    throw error;
  }
}

async function exists(session: D1DatabaseSession, id: string): Promise<boolean> {
  return (await session.prepare("SELECT 1 FROM run WHERE id = ?").bind(id).first()) !== null;
}
