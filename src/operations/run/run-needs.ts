import type { RunFeeds } from "../../bindings/durable/run-feed.ts";
import type { RunnerPools } from "../../bindings/durable/runner-pool.ts";
import type { GpuJobs } from "../../bindings/queue/gpu-jobs.ts";
import type { EdgeSandbox } from "../../bindings/service/edge-sandbox.ts";
import type { WorkflowInstances } from "../../bindings/workflow/workflow-instances.ts";

/** What operations on runs work with; each takes those that it uses. */
export interface RunNeeds {
  db: D1Database;
  blobs: R2Bucket;
  pools: RunnerPools;
  gpuJobs: GpuJobs;
  /** Runs JavaScript functions. */
  sandbox: EdgeSandbox;
  /** Instances of runs of workflows. */
  workflows: WorkflowInstances;
  /** What runs of workflows tell. */
  feeds: RunFeeds;
  /** Who asks; absent where the registry itself goes on with a run. */
  asker?: { readonly names: readonly string[] };
  later: (work: Promise<unknown>) => void;
  now: () => Date;
}
