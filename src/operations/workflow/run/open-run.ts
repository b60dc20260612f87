import type { RunRow } from "../../../bindings/d1/run/run-row.ts";
import type { ChildRow } from "../../../bindings/d1/workflow/child-rows.ts";
import type { DoneStep } from "../../../bindings/d1/workflow/open-run-rows.ts";
import type { DurableSteps } from "../../../bindings/workflow/durable-steps.ts";
import type { RunRequest } from "../../../contract/run/run-request.ts";
import type { Job } from "../../../contract/runner/job.ts";
import type { WorkflowDocument } from "../../../contract/workflow/document.ts";
import type { WorkflowPlan } from "../../../contract/workflow/plan.ts";
import type { EngineNeeds } from "./engine-needs.ts";
import type { RunJournal } from "./run-journal.ts";

/** What the caller of a workflow asked for the runs of its steps. */
export type StepWishes = Pick<RunRequest, "pool" | "priority" | "runner_labels">;

/** A run of a workflow that is under way. */
export interface OpenRun {
  needs: EngineNeeds;
  steps: DurableSteps;
  journal: RunJournal;
  row: RunRow;
  job: Job;
  document: WorkflowDocument;
  plan: WorkflowPlan;
  planDigest: string;
  depth: number;
  wishes: StepWishes;
  /** Runs that already do, or did, steps of this one, by path: an instance that begins anew finds them. */
  children: ReadonlyMap<string, ChildRow>;
  /** Steps that the run had done which this one is a retry of, by path. */
  done: ReadonlyMap<string, DoneStep>;
}
