import { primary } from "../primary.ts";
import { type EntityRow, entityStatements } from "./entity-statements.ts";

/** Records an entity by itself. Answers false when its lineage has that version already: somebody else was first. */
export async function insertEntity(db: D1Database, row: EntityRow): Promise<boolean> {
  const session = primary(db);
  try {
    await session.batch(entityStatements(session, row, null));
    return true;
  } catch (error) {
    // "UNIQUE constraint failed: entity.lineage_id, entity.lineage_version"
    if (error instanceof Error && error.message.includes("entity.lineage_version")) return false;
    throw error;
  }
}
