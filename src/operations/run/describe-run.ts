import type { StoredRun } from "../../bindings/d1/run/load-run.ts";
import type { RunStanding } from "../../bindings/durable/runner-pool.ts";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { Attempt, Run } from "../../contract/run/run.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { Waiting } from "../../contract/run/waiting.ts";
import { workflowRunner } from "../workflow-run/workflow-runner.ts";

type StandingRun = Pick<
  RunStanding,
  "state" | "attempt" | "runner" | "leasedAt" | "startedAt" | "waiting" | "progress"
>;

/** What can be said of a run's pool: what it knows of the run, that it does not have it, or that it did not answer. */
export type KnownStanding = { from: "pool"; standing: StandingRun } | { from: "nobody" } | { from: "silent_pool" };

/** A run as callers see it: D1's row, and for one that has not ended what its pool knows better. */
export function describeRun(stored: StoredRun, known: KnownStanding): Run {
  const { row } = stored;
  const common = {
    id: row.id,
    kind: row.kind,
    name: row.name,
    version: row.version,
    digest: row.digest,
    pool: row.pool,
    priority: row.priority,
    labels: row.labels,
    // Attempts are mirrored after the end too, the count is not.
    attempt: Math.max(row.attempt, stored.attempts.at(-1)?.attempt ?? 0),
    max_attempts: row.max_attempts,
    timeout_seconds: row.timeout_seconds,
    created_at: row.created_at,
    created_by: row.created_by,
    input_entity: row.input_entity,
    progress: row.progress,
    attempts: stored.attempts,
    replay: row.replay_of === null ? null : { ...(row.replay ?? undecided), of: row.replay_of },
    parent: parentOf(row),
    retry_of: row.retry_of === null ? null : { run: row.retry_of, from: row.retry_from ?? "" },
    // Whoever knows the steps tells them instead.
    steps: row.kind === "workflow" ? [] : null,
    step_count: row.kind === "workflow" ? 0 : null,
  };
  const ended = { finished_at: row.finished_at ?? row.state_since, started_at: row.started_at };
  switch (row.state) {
    case "succeeded":
      return {
        ...common,
        ...ended,
        state: "succeeded",
        runner: row.runner ?? stored.attempts.at(-1)?.runner ?? nobody,
        run_seconds: row.run_seconds ?? 0,
        outputs: stored.outputs.map(({ ecs_id, output_index, data }) => ({
          entity: ecs_id,
          output_index,
          outputs: data,
        })),
      };
    case "failed":
      return { ...common, ...ended, state: "failed", ...failureOf(stored) };
    case "cancelled": {
      const { cancelled_by, cancel_reason: reason } = row;
      return { ...common, ...ended, state: "cancelled", cancelled_by: cancelled_by ?? "unknown", reason };
    }
    default: {
      const standing = known.from === "pool" ? known.standing : mirrorOf(stored, known);
      const now = { ...common, attempt: standing.attempt, progress: standing.progress ?? common.progress };
      return { ...now, ...standingState(stored, standing) };
    }
  }
}

/** The step that a run does. */
export function parentOf({ parent_run: run, parent_step: step }: StoredRun["row"]): Run["parent"] {
  return run === null || step === null ? null : { run, step };
}

const undecided = { outputs_equal: null, differences: [] };
const nobody = { id: "unknown", name: "unknown", device: null };

type OpenState = Extract<Run, { state: "queued" | "leased" | "running" }>;
type StateOnly<S extends OpenState> = S extends OpenState
  ? Pick<S, Extract<keyof S, "state" | "waiting" | "runner" | "leased_at" | "started_at">>
  : never;

function standingState({ row }: StoredRun, standing: StandingRun): StateOnly<OpenState> {
  const { state, runner, leasedAt, startedAt, waiting } = standing;
  if (state === "queued" || runner === null) return { state: "queued", waiting };
  const since = leasedAt ?? row.state_since;
  return state === "leased" ? { state, runner, leased_at: since } : { state, runner, started_at: startedAt ?? since };
}

/** What D1's mirror says, which may lag. */
function mirrorOf({ row, attempts }: StoredRun, known: KnownStanding): StandingRun {
  const lease: Attempt | undefined = attempts.findLast((attempt) => attempt.fence === row.fence);
  return {
    state: isFinal(row.state) ? "queued" : row.state,
    attempt: row.attempt,
    runner: row.runner ?? lease?.runner ?? ownRunner(row),
    leasedAt: lease?.leased_at ?? null,
    startedAt: row.started_at,
    waiting: known.from === "nobody" ? notOffered(row) : null,
    progress: row.progress,
  };
}

/** Of a run that no pool has, and that goes. */
function ownRunner({ kind, state }: StoredRun["row"]): Attempt["runner"] | null {
  return kind === "workflow" && state === "running" ? workflowRunner : null;
}

function notOffered({ kind, pool }: StoredRun["row"]): Waiting {
  return { why: "not_offered", message: onItsWay[kind](pool) };
}

const toItsPool = (pool: string) => `it is recorded and on its way through the queue to the pool ${pool}`;
const onItsWay = {
  template: toItsPool,
  function: toItsPool,
  workflow: () => "it is recorded; its instance is being started",
  agent: () => "it is recorded; its workflow calls the agent in a moment",
} as const satisfies Record<ArtifactKind, (pool: string) => string>;

function failureOf({ row }: StoredRun): Pick<Extract<Run, { state: "failed" }>, "failure" | "failure_entity"> {
  if (row.failure === null || row.failure_entity === null) {
    throw new Error(`run ${row.id} has failed, and its row says neither why nor which entity tells it`);
  }
  return { failure: row.failure, failure_entity: row.failure_entity };
}
