import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from "cloudflare:workers";
import { orNoLongerDurable } from "../operations/workflow/run/no-longer-durable.ts";
import { runWorkflow } from "../operations/workflow/run/run-workflow.ts";
import { durableStepsOf } from "./durable-steps.ts";
import { wireEngine } from "./wire-engine.ts";

/** A run of a workflow: interprets the document that the run pinned. Named by the run's id. */
export class WorkflowRun extends WorkflowEntrypoint<Env, { run_id: string }> {
  override async run(event: Readonly<WorkflowEvent<{ run_id: string }>>, step: WorkflowStep): Promise<void> {
    const needs = wireEngine(this.env, this.ctx);
    await runWorkflow(needs, orNoLongerDurable(durableStepsOf(step)), event.payload.run_id);
  }
}
