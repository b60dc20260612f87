import { z } from "zod";
import { digest } from "../artifact/digest.ts";
import { artifactKind } from "../artifact/kind.ts";
import { version } from "../artifact/version.ts";
import { stepPath } from "../workflow/step-path.ts";
import { stepState } from "../workflow/step-state.ts";
import { progress } from "./progress.ts";
import { runFailure } from "./run-failure.ts";
import { runId } from "./run-id.ts";
import { labels } from "./run-request.ts";
import { runState } from "./run-state.ts";
import { waiting } from "./waiting.ts";

/** Which runner has or had a run. */
export const runnerOfRun = z.object({ id: z.string(), name: z.string(), device: z.int().nullable() });
export type RunnerOfRun = z.infer<typeof runnerOfRun>;

/** One attempt at a run, from its lease to its end. */
export const attempt = z
  .object({
    attempt: z.int(),
    fence: z.int(),
    runner: runnerOfRun,
    leased_at: z.string(),
    ended_at: z.string().nullable(),
    outcome: z.enum(["under_way", "succeeded", "failed", "released", "cancelled"]),
    failure: runFailure.nullable(),
  })
  .meta({ id: "Attempt", description: "One attempt at a run." });
export type Attempt = z.infer<typeof attempt>;

/** One output entity of a run. */
export const runOutput = z
  .object({
    entity: z.uuid(),
    output_index: z.int(),
    /** Null when the values are too large to be told here; `GET /v1/entities/{entity}` has them. */
    outputs: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: "RunOutput", description: "One output entity of a run." });
export type RunOutput = z.infer<typeof runOutput>;

/** What comparing a replay with its original found; `outputs_equal` is null until both have ended. */
export const replay = z
  .object({
    of: runId,
    outputs_equal: z.boolean().nullable(),
    /** Where they differ, as JSON Pointers into the list of outputs; at most 100. */
    differences: z.array(z.object({ path: z.string(), original: z.unknown(), replayed: z.unknown() })),
  })
  .meta({ id: "Replay", description: "How a replay's outputs compare with its original's." });
export type Replay = z.infer<typeof replay>;

/** A step of a workflow's run. */
export const parentStep = z.object({ run: runId, step: stepPath });
export type ParentStep = z.infer<typeof parentStep>;

const common = {
  id: runId,
  kind: artifactKind,
  name: z.string(),
  version,
  /** Of the document that runs, so that a publish never changes a run under way. */
  digest,
  pool: z.string(),
  priority: z.int(),
  labels,
  /** Attempts that were begun. */
  attempt: z.int(),
  max_attempts: z.int(),
  timeout_seconds: z.int(),
  created_at: z.string(),
  created_by: z.string(),
  input_entity: z.uuid(),
  progress: progress.nullable(),
  /** Oldest first. */
  attempts: z.array(attempt),
  replay: replay.nullable(),
  /** The step of a workflow's run that it does; null for a run of its own. */
  parent: parentStep.nullable(),
  /** Of a workflow's run that began from where an earlier one failed. */
  retry_of: z.object({ run: runId, from: stepPath }).nullable(),
  /** Of a workflow's run: its steps so far, in the order of the document, the first `limits.stepsPerAnswer`; `/steps` has all. Null for others. */
  steps: z.array(stepState).nullable(),
  /** How many there are; null for others. */
  step_count: z.int().nullable(),
};
const ended = { finished_at: z.string(), started_at: z.string().nullable() };

/** A run: a union by `state`. */
export const run = z
  .discriminatedUnion("state", [
    z.object({ ...common, state: z.literal("queued"), waiting: waiting.nullable() }),
    z.object({ ...common, state: z.literal("leased"), runner: runnerOfRun, leased_at: z.string() }),
    z.object({ ...common, state: z.literal("running"), runner: runnerOfRun, started_at: z.string() }),
    z.object({
      ...common,
      ...ended,
      state: z.literal("succeeded"),
      runner: runnerOfRun,
      /** Seconds from the start of the accepted attempt to its end. */
      run_seconds: z.number(),
      outputs: z.array(runOutput),
    }),
    z.object({
      ...common,
      ...ended,
      state: z.literal("failed"),
      failure: runFailure,
      /** The entity that records the failure. */
      failure_entity: z.uuid(),
    }),
    z.object({
      ...common,
      ...ended,
      state: z.literal("cancelled"),
      cancelled_by: z.string(),
      reason: z.string().nullable(),
    }),
  ])
  .meta({ id: "Run", description: "One execution of a template, function or workflow, or one call of an agent." });
export type Run = z.infer<typeof run>;

/** A run in a list. */
export const runSummary = z
  .object({
    id: runId,
    state: runState,
    kind: artifactKind,
    name: z.string(),
    version,
    pool: z.string(),
    priority: z.int(),
    labels,
    attempt: z.int(),
    percent: z.number().nullable(),
    runner: z.string().nullable(),
    failure: z.object({ class: z.string(), code: z.string(), message: z.string() }).nullable(),
    created_at: z.string(),
    started_at: z.string().nullable(),
    finished_at: z.string().nullable(),
    replay_of: runId.nullable(),
    parent: parentStep.nullable(),
    retry_of: runId.nullable(),
  })
  .meta({ id: "RunSummary", description: "A run in a list." });
export type RunSummary = z.infer<typeof runSummary>;
