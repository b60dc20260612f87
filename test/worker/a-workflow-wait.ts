import type { Run } from "../../src/contract/run/run.ts";
import { isFinal } from "../../src/contract/run/run-state.ts";
import type { StepState } from "../../src/contract/workflow/step-state.ts";
import { ask } from "../http/a-registry.ts";
import { getRun, runOf } from "../http/a-run.ts";

const tries = 200;

/** A run once one of its steps is in a state. */
export async function untilStep(runId: string, path: string, state: StepState["state"]): Promise<Run> {
  return until(runId, (run) => run.steps?.some((step) => step.path === path && step.state === state) ?? false);
}

/** A run once it has ended. */
export async function ended(runId: string): Promise<Run> {
  return until(runId, (run) => isFinal(run.state));
}

async function until(runId: string, is: (run: Run) => boolean): Promise<Run> {
  for (let tried = 0; tried < tries; tried++) {
    const run = await getRun(runId);
    if (is(run)) return run;
    await scheduler.wait(50);
  }
  throw new Error(`run ${runId} is still ${JSON.stringify(await runOf(await ask("GET", `/v1/runs/${runId}`)))}`);
}
