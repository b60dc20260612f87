import { v7 } from "uuid";
import { loadVersionRow } from "../../bindings/d1/artifact/version-row.ts";
import { loadJob, loadRunRow } from "../../bindings/d1/run/run-row.ts";
import type { AttributeSource } from "../../contract/entity/entity.ts";
import type { Failure } from "../../contract/failure.ts";
import type { RunRequest } from "../../contract/run/run-request.ts";
import { inputEntity } from "../../domain/entity/make-entity.ts";
import { borrowedSources, sourcesWithin } from "../../domain/entity/value-sources.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { loadEntity } from "../entity/load-entity.ts";
import { placeEntity } from "../entity/place-entity.ts";
import { checkFiles } from "../file/check-files.ts";
import { readCallable } from "../registration/read-callable.ts";
import { refuseFiles } from "./prepare-run.ts";
import type { PreparedRun } from "./prepared-run.ts";
import { missingRun } from "./read-run.ts";
import type { RunNeeds } from "./run-needs.ts";

/** What a replay may have otherwise than its original. */
export type ReplayRequest = Pick<RunRequest, "priority" | "pool" | "labels">;

/** Makes a run of the same digest on the same inputs ready, whatever became of the original. Its input entity borrows the original's. */
export async function prepareReplay(
  needs: Pick<RunNeeds, "db" | "blobs" | "now">,
  originalId: string,
  request: ReplayRequest,
  by: string,
): Promise<Result<PreparedRun, Failure>> {
  const [row, original] = await Promise.all([loadRunRow(needs.db, originalId), loadJob(needs.db, originalId)]);
  if (row === null || original === null) return missingRun(originalId);
  const version = await loadVersionRow(needs.db, original.kind, original.name, original.version);
  if (version === null || version.state === "deleted") {
    return refuseDeleted(originalId, original);
  }
  const inputs = await loadEntity(needs, original.input_entity);
  if (inputs === null)
    throw new Error(`run ${originalId} names an input entity ${original.input_entity} that D1 lacks`);
  const callable = await readCallable(needs.blobs, original.flattened_digest);
  const files = await checkFiles(needs, callable.interface?.inputs ?? {}, inputs.data);
  if (!files.ok) return refuseFiles(original, files.failure);

  const createdAt = needs.now().toISOString();
  const { kind, name, digest } = original;
  const source = original.input_entity;
  const entity = inputEntity({
    ecsId: v7(),
    createdAt,
    createdBy: by,
    artifact: { kind, name, version: original.version, digest },
    data: inputs.data,
    attributeSource: sourcesOfAll(inputs.data, source),
    borrowed: [{ path: "", sourceEcsId: source, sourcePath: "" }],
    files: original.files.map((file) => file.digest),
  });
  const placed = await placeEntity(needs, entity);
  if (!placed.ok) return placed;
  return success({
    labels: request.labels ?? row.labels,
    createdBy: by,
    inputEntity: placed.value,
    job: {
      ...original,
      run_id: v7(),
      pool: request.pool ?? original.pool,
      priority: request.priority ?? original.priority,
      created_at: createdAt,
      input_entity: entity.ecsId,
      replay_of: originalId,
      parent: null,
    },
  });
}

export function refuseDeleted(runId: string, of: { name: string; version: string }): Result<never, Failure> {
  const message = `run ${runId} cannot be replayed: ${of.name}@${of.version} is deleted`;
  return refusal({ code: "VERSION_DELETED", message });
}

/** Every value came from the same place of the original's inputs. */
export function sourcesOfAll(data: Record<string, unknown>, ecsId: string): Record<string, AttributeSource> {
  const sources = sourcesWithin((mostLeaves) =>
    Object.fromEntries(
      Object.keys(data).map((field) => [
        field,
        borrowedSources(data[field], { ecsId, steps: [field] }, mostLeaves).source,
      ]),
    ),
  );
  // Fields of an interface are few enough for one address each.
  return sources ?? {};
}
