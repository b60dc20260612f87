import type { Progress } from "../../contract/run/progress.ts";
import type { Run, RunnerOfRun } from "../../contract/run/run.ts";
import type { RunEvent } from "../../contract/run/run-event.ts";
import type { RunFailure } from "../../contract/run/run-failure.ts";
import type { RunState } from "../../contract/run/run-state.ts";
import type { Waiting } from "../../contract/run/waiting.ts";
import { type StepStates, stepStates, withSteps } from "./step-states.ts";

/** What is known of a run that is watched: the newest answer about it, moved on by the events since. */
export interface WatchedRun {
  run: Run;
  state: RunState;
  attempt: number;
  /** Who has it now. */
  runner: string | null;
  progress: Progress | null;
  waiting: Waiting | null;
  /** Why the attempt before failed, and when there will be another. */
  failed: { failure: RunFailure; retryAt: string | null } | null;
  /** Of a workflow. */
  steps: StepStates;
}

/** A run as it was just read. */
export function watchedRun(run: Run): WatchedRun {
  const before = run.attempts.findLast(({ outcome }) => outcome === "failed")?.failure ?? null;
  return {
    run,
    state: run.state,
    attempt: run.attempt,
    runner: "runner" in run ? runnerText(run.runner) : null,
    progress: run.progress,
    waiting: run.state === "queued" ? run.waiting : null,
    failed: before === null ? null : { failure: before, retryAt: null },
    steps: stepStates(run),
  };
}

/** The same after the run was read anew: percent never goes back, whichever way it came. */
export function afterRead(watched: WatchedRun, run: Run): WatchedRun {
  const read = watchedRun(run);
  const { progress, failed } = watched;
  const isBehind = progress !== null && (read.progress === null || read.progress.percent < progress.percent);
  return {
    ...read,
    progress: isBehind && read.attempt === watched.attempt ? progress : read.progress,
    failed: read.failed === null || failed?.failure.attempt === read.failed.failure.attempt ? failed : read.failed,
    steps: withSteps(watched.steps, read.steps.values()),
  };
}

/** The same after an event. */
export function afterEvent(watched: WatchedRun, event: RunEvent): WatchedRun {
  if (event.type === "log") return watched;
  if (event.type === "step") return { ...watched, steps: withSteps(watched.steps, [event.step]) };
  if (event.type === "progress") return { ...watched, progress: event.progress };
  const { state, attempt, runner, failure, retry_at } = event;
  return {
    ...watched,
    state,
    attempt,
    runner: state === "queued" ? null : (runner ?? watched.runner),
    // What is known of its waiting may be about an earlier wait; the first event only says that it waits.
    waiting: state === "queued" && watched.state === "queued" && failure === null ? watched.waiting : null,
    failed: state === "queued" && failure !== null ? { failure, retryAt: retry_at } : watched.failed,
  };
}

/** A runner by name, and which of its devices. */
export function runnerText({ name, device }: RunnerOfRun): string {
  return device === null ? name : `${name}, device ${device}`;
}
