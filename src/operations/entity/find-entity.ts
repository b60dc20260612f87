import { loadEntityRows } from "../../bindings/d1/entity/entity-row.ts";
import type { Entity } from "../../contract/entity/entity.ts";
import type { Failure } from "../../contract/failure.ts";
import { type Result, success } from "../../domain/result.ts";
import { entityAnswer, entityNotFound } from "./entity-answer.ts";

/** An entity as it is told; large data stay where they are, and `data_digest` names them. */
export async function findEntity(db: D1Database, ecsId: string): Promise<Result<Entity, Failure>> {
  const [stored] = await loadEntityRows(db, [ecsId]);
  return stored === undefined ? entityNotFound(ecsId) : success(await entityAnswer(db, stored));
}
