import type { EntityRow } from "../../bindings/d1/entity/entity-statements.ts";
import type { Job, JobNeeds } from "../../contract/runner/job.ts";

/** What such a job itself says; the rest is the same for all of them. */
export type JobFacts = Pick<
  Job,
  | "run_id"
  | "kind"
  | "name"
  | "version"
  | "digest"
  | "flattened_digest"
  | "pool"
  | "priority"
  | "created_at"
  | "timeout_seconds"
  | "max_attempts"
  | "parameters"
  | "files"
  | "replay_of"
  | "parent"
> & { inputs: Record<string, unknown>; inputEntity: EntityRow };

const nothing: JobNeeds = {
  gpu: false,
  vram_mb: 0,
  cpu_cores: 1,
  memory_mb: 1,
  disk_mb: 0,
  compute_capability: null,
  memory_type: null,
  packages: [],
  models: [],
  handler: null,
  labels: {},
  sandbox: false,
};

/** The job of a run that no runner does: of a workflow, or of an agent's skill. */
export function jobWithoutRunner({ inputs, inputEntity, ...facts }: JobFacts): Job {
  const inputsDigest = inputEntity.data_digest;
  return {
    ...facts,
    needs: nothing,
    handler: null,
    source: null,
    stages: null,
    estimated_seconds: null,
    inputs: inputsDigest === null ? inputs : null,
    inputs_digest: inputsDigest,
    input_entity: inputEntity.ecs_id,
    quality: null,
  };
}
