import type { KeptEnding, LeasedRow } from "../../bindings/pool/job-table.ts";
import type { PoolSockets } from "../../bindings/pool/pool-sockets.ts";
import type { PoolTables } from "../../bindings/pool/pool-tables.ts";
import type { WorkflowInstances } from "../../bindings/workflow/workflow-instances.ts";
import type { Progress } from "../../contract/run/progress.ts";
import type { RunnerOfRun } from "../../contract/run/run.ts";
import type { Job, JobNeeds } from "../../contract/runner/job.ts";
import type { Field } from "../../contract/template/field.ts";
import type { Circuit } from "../../domain/dispatch/circuit-breaker.ts";
import { WaitingJobs } from "../../domain/dispatch/waiting-jobs.ts";
import type { Signer } from "../../domain/file/signer.ts";
import { EndingQueue } from "./ending/ending-queue.ts";
import { leaseJobs } from "./lease/lease-jobs.ts";
import { type PoolRunner, runnerOfRow, settleRoom } from "./runner/pool-runner.ts";
import type { EventStream } from "./telling/event-stream.ts";
import { TurnQueue } from "./turn-queue.ts";

/** What a pool works with. */
export interface PoolNeeds {
  tables: PoolTables;
  sockets: PoolSockets;
  db: D1Database;
  blobs: R2Bucket;
  /** Runs of workflows, which wait for runs of this pool. */
  workflows: WorkflowInstances;
  signer: Signer;
  leaseMs: number;
  heartbeatMs: number;
  /** Whether an admin must approve a runner before it gets jobs. */
  approval: "auto" | "manual";
  nowMs: () => number;
  /** 0 to 1. */
  random: () => number;
  /** A new UUID, version 7. */
  newId: () => string;
  later: (work: Promise<unknown>) => void;
  /** The pool's alarm rings at this time, or sooner. */
  wakeAt: (ms: number) => void;
}

/** A job that a runner has. Its inputs stay on disk. */
export interface LeasedJob {
  job: Omit<Job, "inputs">;
  needs: JobNeeds;
  attempt: number;
  fence: number;
  hadUnknown: boolean;
  arrivedAtMs: number;
  runner: RunnerOfRun;
  deviceClass: string;
  leasedAtMs: number;
  /** Null until its process runs. */
  startedAtMs: number | null;
  progress: Progress | null;
  /** When D1 was last told of progress. */
  mirroredAtMs: number;
  /** How it ends, from the moment that this is known until D1 has it. The runner is free then. */
  ending: KeptEnding | null;
  /** Why its outputs were not taken: what its runner is told, then, instead of thanks. */
  refusal: string | null;
  /** When to try again to commit the ending; null when that is under way, or nothing has failed. */
  retryAtMs: number | null;
  retries: number;
}

/** A pool at work: what it works with, and what it has in memory. All of it can be rebuilt from disk but who waits for an answer. */
export interface OpenPool extends PoolNeeds {
  waiting: WaitingJobs;
  leased: Map<string, LeasedJob>;
  runners: Map<string, PoolRunner>;
  circuits: Map<string, Circuit>;
  streams: Map<string, EventStream>;
  /** Who waits for the end of a run. */
  waiters: Map<string, Set<() => void>>;
  /** Outputs that documents declare, by flattened digest. */
  outputs: Map<string, Record<string, Field>>;
  /** Medians of past runs, by artifact and class of device. */
  medians: Map<string, { seconds: number | null; atMs: number }>;
  /** How often a run was handed back, so that it does not go to and fro for ever. */
  releases: Map<string, number>;
  endings: EndingQueue;
  turns: TurnQueue;
  mirroring: { isPlanned: boolean; isUnderWay: boolean; retryAtMs: number | null };
}

/** Reads a pool from its disk, as it was when it was last written. */
export function openPool(needs: PoolNeeds): OpenPool {
  const pool: OpenPool = {
    ...needs,
    waiting: new WaitingJobs(),
    leased: new Map(),
    runners: new Map(),
    circuits: needs.tables.circuits(),
    streams: new Map(),
    waiters: new Map(),
    outputs: new Map(),
    medians: new Map(),
    releases: new Map(),
    endings: new EndingQueue(needs.db),
    turns: new TurnQueue(() => leaseJobs(pool), needs.nowMs),
    mirroring: { isPlanned: false, isUnderWay: false, retryAtMs: null },
  };
  for (const job of needs.tables.jobs.waiting()) pool.waiting.add(job);
  readRunners(pool);
  for (const row of needs.tables.jobs.leased()) {
    const leased = leasedOfRow(row, needs.nowMs());
    pool.leased.set(row.run_id, leased);
    pool.runners.get(leased.runner.id)?.leases.set(row.run_id, leased);
  }
  for (const runner of pool.runners.values()) settleRoom(runner);
  return pool;
}

function readRunners(pool: OpenPool): void {
  const links = new Map(pool.sockets.runners().map((open) => [open.link.runnerId, open]));
  for (const row of pool.tables.runners.list()) {
    const open = links.get(row.runner_id) ?? null;
    const runner = runnerOfRow(row, open);
    if (open === null && row.connected_at !== null) {
      // The pool was away, not the runner: its leases live on for as long as a lease does, and it may come back for them.
      runner.heardAtMs = pool.nowMs();
      pool.tables.runners.save({ ...row, connected_at: null, heard_at: runner.heardAtMs });
    }
    pool.runners.set(row.runner_id, runner);
  }
}

function leasedOfRow(row: LeasedRow, nowMs: number): LeasedJob {
  const { inputs: _inputs, ...job } = row.job;
  return {
    job,
    needs: row.needs,
    attempt: row.attempt,
    fence: row.fence,
    hadUnknown: row.had_unknown,
    arrivedAtMs: row.arrived_at,
    runner: { id: row.runner_id, name: row.runner_name, device: row.device },
    deviceClass: row.device_class,
    leasedAtMs: row.leased_at,
    startedAtMs: row.started_at,
    progress: row.progress,
    mirroredAtMs: 0,
    ending: row.ending,
    refusal: null,
    retryAtMs: row.ending === null ? null : nowMs,
    retries: 0,
  };
}
