import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { artifactKind } from "../artifact/kind.ts";
import { version } from "../artifact/version.ts";
import { functionRuntime } from "../function/runtime.ts";
import { returns } from "../function/signature.ts";
import { parentStep } from "../run/run.ts";
import { runId } from "../run/run-id.ts";
import { labels, poolName, priority } from "../run/run-request.ts";
import { stage } from "../template/document.ts";
import { memoryType } from "./capabilities.ts";

/** What a runner must have to do a job. Sizes are whole MB, so that a ledger of them never drifts. */
export const jobNeeds = z.object({
  gpu: z.boolean(),
  /** On one device. 0 for a job that uses none. */
  vram_mb: z.int().nonnegative(),
  cpu_cores: z.int().positive(),
  memory_mb: z.int().positive(),
  disk_mb: z.int().nonnegative(),
  /** At least this, compared as numbers: 8.10 is newer than 8.9. */
  compute_capability: z.string().nullable(),
  memory_type: memoryType.nullable(),
  /** Third-party modules that a function imports; absent in jobs of before there were functions. */
  packages: z.array(z.string()).default([]),
  models: z.array(z.object({ name: z.string(), hash: z.string().nullable() })),
  handler: z.string().nullable(),
  labels,
  /** The job carries user code, which goes into a sandbox. */
  sandbox: z.boolean(),
});
export type JobNeeds = z.infer<typeof jobNeeds>;

export const jobFile = z.object({
  digest,
  size_bytes: z.int().nonnegative(),
  media_type: z.string(),
  name: z.string().nullable(),
});
export type JobFile = z.infer<typeof jobFile>;

/** A function's code, and how it is called. */
export const jobSource = z.object({
  digest,
  entry: z.string(),
  media_type: z.string(),
  runtime: functionRuntime,
  /** The `decoratorApi` that it was published under. */
  api: z.int(),
  returns,
});
export type JobSource = z.infer<typeof jobSource>;

/** A run's work as a pool keeps it. Made once, at the edge; everything that a runner needs is in it or named by digest. */
export const job = z.object({
  run_id: runId,
  kind: artifactKind,
  name: z.string(),
  version,
  digest,
  /** The flattened document, by which outputs are checked. */
  flattened_digest: digest,
  pool: poolName,
  priority,
  created_at: z.string(),
  needs: jobNeeds,
  handler: z.string().nullable(),
  /** A function's code; null for a template, whose handler the runner has. */
  source: jobSource.nullable(),
  stages: z.array(stage).nullable(),
  estimated_seconds: z.number().nonnegative().nullable(),
  timeout_seconds: z.int(),
  max_attempts: z.int(),
  /** Null when they are too large to travel; then `inputs_digest` names their JSON. References are resolved. */
  inputs: z.record(z.string(), z.unknown()).nullable(),
  inputs_digest: digest.nullable(),
  input_entity: z.uuid(),
  /** What the chosen quality preset hands to the handler. */
  parameters: z.record(z.string(), z.unknown()),
  quality: z.string().nullable(),
  /** The files among the inputs. */
  files: z.array(jobFile),
  replay_of: runId.nullable(),
  /** The step of a workflow's run that waits for its end; absent in jobs of before there were such. */
  parent: parentStep.nullable().default(null),
});
export type Job = z.infer<typeof job>;

/** A message of the queue `gpu-jobs`. The job itself is in D1. */
export const jobMessage = z.object({ run_id: runId, pool: poolName });
export type JobMessage = z.infer<typeof jobMessage>;
