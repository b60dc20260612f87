import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { Failure } from "../../contract/failure.ts";
import type { Labels } from "../../contract/run/run-request.ts";
import type { Job, JobNeeds } from "../../contract/runner/job.ts";
import type { Field } from "../../contract/template/field.ts";
import type { Resources } from "../../contract/template/requirements.ts";
import type { Result } from "../../domain/result.ts";
import type { EffectiveResources } from "../../domain/template/effective-resources.ts";

/** Inputs that passed, with defaults, and what a run of them needs. */
export interface CheckedRun extends EffectiveResources {
  inputs: Record<string, unknown>;
}

/** Anything that a runner can run, whatever its kind: what a run must know of it. */
export interface Runnable {
  kind: ArtifactKind;
  name: string;
  version: string;
  digest: string;
  flattenedDigest: string;
  /** The interface's. */
  inputs: Record<string, Field>;
  stages: Job["stages"];
  handler: string | null;
  source: Job["source"];
  /** Its own wishes; null where it has none. */
  pool: string | null;
  timeoutSeconds: number | null;
  maxAttempts: number | null;
  runnerLabels: Labels;
  check(inputs: Record<string, unknown>): Result<CheckedRun, Failure>;
  /** `runnerLabels`: what the request asks for beside its own. */
  needs(resources: Resources, runnerLabels: Labels): JobNeeds;
}
