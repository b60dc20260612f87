import type { EntityRow } from "../../bindings/d1/entity/entity-statements.ts";
import { putBlob } from "../../bindings/r2/blob-store.ts";
import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import { utf8SizeBytes } from "../../domain/document/utf8-size.ts";
import type { NewEntity } from "../../domain/entity/new-entity.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { type FileNeeds, placeFile } from "../file/place-file.ts";

/**
 * Puts the data of a new entity where they belong: into its row, or above `limits.inlineValueBytes` into a file, which no sweep takes before
 * the entity is recorded. Too large ones are refused.
 */
export async function placeEntity(needs: FileNeeds, entity: NewEntity): Promise<Result<EntityRow, Failure>> {
  const text = JSON.stringify(entity.data);
  const dataBytes = utf8SizeBytes(text);
  if (dataBytes > limits.valueBytes) return tooLarge("data", dataBytes, limits.valueBytes);
  const untypedBytes = utf8SizeBytes(JSON.stringify(entity.untypedData));
  if (untypedBytes > limits.inlineValueBytes) return tooLarge("untyped_data", untypedBytes, limits.inlineValueBytes);
  if (dataBytes <= limits.inlineValueBytes) {
    return success(rowOf(entity, { data: text, data_digest: null, data_bytes: dataBytes }));
  }
  const bytes = new TextEncoder().encode(text);
  const digest = digestOfBytes(bytes);
  const mediaType = "application/json";
  const file = { digest, sizeBytes: dataBytes, mediaType, name: null, by: entity.createdBy };
  const placed = await placeFile(needs, file, () => putBlob(needs.blobs, digest, bytes, mediaType));
  if (!placed.ok) return placed;
  return success(rowOf(entity, { data: null, data_digest: digest, data_bytes: dataBytes }));
}

function rowOf(entity: NewEntity, placed: Pick<EntityRow, "data" | "data_digest" | "data_bytes">): EntityRow {
  return {
    ecs_id: entity.ecsId,
    lineage_id: entity.lineageId,
    lineage_version: entity.lineageVersion,
    previous_ecs_id: entity.previousEcsId,
    root_ecs_id: entity.rootEcsId,
    created_at: entity.createdAt,
    created_by: entity.createdBy,
    forked_at: entity.forkedAt,
    type: entity.type,
    ...placed,
    untyped_data: entity.untypedData,
    attribute_source: entity.attributeSource,
    derived_from_function: entity.derivedFromFunction,
    derived_from_run: entity.derivedFromRun,
    output_index: entity.outputIndex,
    borrowed: entity.borrowed,
    files: entity.files,
  };
}

function tooLarge(what: "data" | "untyped_data", found: number, most: number): Result<never, Failure> {
  const message = `${what} take ${found} bytes of JSON; an entity has at most ${most}`;
  const suggestion = what === "data" ? "send large values as files and name their digests" : "put it into data";
  const issue = { severity: "error" as const, path: `/${what}`, line: null, column: null, code: "too_large", message };
  return refusal({ code: "INVALID_INPUTS", message, issues: [{ ...issue, suggestion }] });
}
