import { v7 } from "uuid";
import { insertEntity } from "../../bindings/d1/entity/entity-insert.ts";
import type { Entity } from "../../contract/entity/entity.ts";
import type { Failure } from "../../contract/failure.ts";
import type { NewEntityRequest } from "../../contract/http/entities.ts";
import { externalEntity } from "../../domain/entity/make-entity.ts";
import { type Result, success } from "../../domain/result.ts";
import type { FileNeeds } from "../file/place-file.ts";
import { newEntityAnswer } from "./entity-answer.ts";
import { filesAmong } from "./files-among.ts";
import { placeEntity } from "./place-entity.ts";
import { resolveReferences } from "./resolve-references.ts";

/** Records data from outside as an entity; what it borrows from others is copied, and its source noted. */
export async function createEntity(
  needs: FileNeeds,
  request: NewEntityRequest,
  by: string,
): Promise<Result<Entity, Failure>> {
  const resolved = await resolveReferences(needs, request.data, "/data");
  if (!resolved.ok) return resolved;
  const { values, attributeSource, borrowed } = resolved.value;
  const entity = externalEntity({
    ecsId: v7(),
    createdAt: needs.now().toISOString(),
    createdBy: by,
    label: request.label ?? null,
    data: values,
    attributeSource,
    borrowed,
    untypedData: request.untyped_data ?? {},
    files: await filesAmong(needs.db, values),
  });
  const placed = await placeEntity(needs, entity);
  if (!placed.ok) return placed;
  // A lineage of its own: its version 1 cannot be taken.
  await insertEntity(needs.db, placed.value);
  return success(newEntityAnswer(placed.value, values));
}
