import { v7 } from "uuid";
import { insertEntity } from "../../bindings/d1/entity/entity-insert.ts";
import { listLineageVersions } from "../../bindings/d1/entity/entity-list.ts";
import { loadBorrowed } from "../../bindings/d1/entity/entity-sources.ts";
import type { Entity } from "../../contract/entity/entity.ts";
import type { Failure } from "../../contract/failure.ts";
import type { NewEntityVersion } from "../../contract/http/entities.ts";
import { limits } from "../../contract/limits.ts";
import { changeEntity } from "../../domain/entity/change-entity.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import type { FileNeeds } from "../file/place-file.ts";
import { entityNotFound, newEntityAnswer } from "./entity-answer.ts";
import { filesAmong } from "./files-among.ts";
import { loadEntity } from "./load-entity.ts";
import { placeEntity } from "./place-entity.ts";
import { resolveReferences } from "./resolve-references.ts";

/** Makes the next version of an entity, which must be the newest of its lineage; or with `fork` the first of a new lineage. */
export async function createEntityVersion(
  needs: FileNeeds,
  ecsId: string,
  request: NewEntityVersion,
  by: string,
): Promise<Result<Entity, Failure>> {
  const before = await loadEntity(needs, ecsId);
  if (before === null) return entityNotFound(ecsId);
  const isFork = request.fork === true;
  if (!isFork) {
    const newest = await findNewest(needs.db, before.lineage_id);
    if (newest.ecs_id !== ecsId) return notNewest(before, newest);
  }
  const resolved = await resolveReferences(needs, request.data, "/data");
  if (!resolved.ok) return resolved;
  const entity = changeEntity(
    { ...before, borrowed: await loadBorrowed(needs.db, ecsId) },
    {
      ecsId: v7(),
      createdAt: needs.now().toISOString(),
      createdBy: by,
      isFork,
      resolved: resolved.value,
      untypedData: request.untyped_data ?? null,
      files: await filesAmong(needs.db, resolved.value.values),
    },
  );
  if (entity === null) return tooManySources();
  const placed = await placeEntity(needs, entity);
  if (!placed.ok) return placed;
  if (await insertEntity(needs.db, placed.value)) return success(newEntityAnswer(placed.value, entity.data));
  return notNewest(before, await findNewest(needs.db, before.lineage_id));
}

async function findNewest(db: D1Database, lineageId: string): Promise<Pick<Entity, "ecs_id" | "lineage_version">> {
  const [newest] = await listLineageVersions(db, lineageId, null, 1);
  if (newest === undefined) throw new Error(`lineage ${lineageId} has no entity`);
  return newest;
}

function notNewest(
  asked: Pick<Entity, "ecs_id" | "lineage_version">,
  newest: Pick<Entity, "ecs_id" | "lineage_version">,
): Result<never, Failure> {
  return refusal({
    code: "STATE_CONFLICT",
    message: `entity ${asked.ecs_id} is version ${asked.lineage_version} of its lineage; the newest is version ${newest.lineage_version}, ${newest.ecs_id}: change that one, or send \`fork: true\` to start a lineage from here`,
  });
}

function tooManySources(): Result<never, Failure> {
  const message = `the values have so many parts that their sources take more than ${limits.sourceBytes} bytes`;
  const suggestion = "record the parts as entities of their own and borrow these whole";
  const found = { severity: "error" as const, path: "/data", line: null, column: null, code: "too_many_sources" };
  return refusal({ code: "INVALID_INPUTS", message, issues: [{ ...found, message, suggestion }] });
}
