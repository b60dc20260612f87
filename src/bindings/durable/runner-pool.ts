import type { Progress } from "../../contract/run/progress.ts";
import type { RunnerOfRun } from "../../contract/run/run.ts";
import type { RunEvent } from "../../contract/run/run-event.ts";
import type { Waiting } from "../../contract/run/waiting.ts";
import type { Job } from "../../contract/runner/job.ts";
import type { Pool, Runner } from "../../contract/runner/runner.ts";

/** What a pool knows of a run that has not ended, newer than D1's mirror of it. */
export interface RunStanding {
  state: "queued" | "leased" | "running";
  attempt: number;
  runner: RunnerOfRun | null;
  /** RFC 3339, UTC: when the present lease began, and when its process started. */
  leasedAt: string | null;
  startedAt: string | null;
  waiting: Waiting | null;
  progress: Progress | null;
}

/** What a pool is asked for. Every call may be repeated. */
export interface RunnerPoolCalls {
  /**
   * Takes a job; on disk when this answers. `known`: it has it already. `ended`: D1 says that the run has ended. `full`: the pool holds
   * `limits.waitingPerPool`. `isFresh`: the caller has recorded the run a moment ago, so D1 need not be asked whether it has ended.
   */
  offer(job: Job, isFresh?: boolean): Promise<"taken" | "known" | "ended" | "full">;
  /** The run was cancelled in D1: forget its job, tell its runner and its listeners. */
  drop(runId: string, reason: string): Promise<void>;
  /** Null when the pool does not have the run (not offered yet, or ended). */
  standing(runId: string): Promise<RunStanding | null>;
  /** Which of these runs it has. */
  holds(runIds: string[]): Promise<string[]>;
  /** Answers true as soon as the run has ended, false after `timeoutMs`. */
  awaitEnd(runId: string, timeoutMs: number): Promise<boolean>;
  /** Events after `after`, oldest first; null when the pool has none of the run (never offered, or archived in R2). */
  events(runId: string, after: number, limit: number): Promise<{ events: RunEvent[]; ended: boolean } | null>;
  pool(): Promise<Pool>;
  runners(): Promise<Runner[]>;
  /** Null when there is no such runner. */
  setRunner(runnerId: string, change: "approve" | "drain" | "resume" | "remove"): Promise<Runner | null>;
  /**
   * WebSocket upgrades: `/connect?pool=NAME` for a runner, `/runs/{run_id}/events?after=N` for a listener to a run's events. Who may do that is
   * decided before.
   */
  fetch(request: Request): Promise<Response>;
}

/** Finds the RunnerPool of a name. */
export type RunnerPools = (pool: string) => RunnerPoolCalls;

export const defaultPool = "default";
