import type { Client } from "../../client/create-client.ts";
import { getRun } from "../../contract/http/runs.ts";
import { limits } from "../../contract/limits.ts";
import type { Run } from "../../contract/run/run.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import { readSteps } from "./read-steps.ts";
import { isSettled } from "./step-states.ts";

/** A step that waits for somebody's answer, and the run that it is of. */
export interface WaitingStep {
  run: Run;
  step: StepState;
}

const mostRuns = 50;

/** The steps that wait for an answer: those of a run, and those of the workflows that it calls. */
export async function findWaiting(client: Client, run: Run): Promise<WaitingStep[]> {
  const found: WaitingStep[] = [];
  let level = [run];
  for (let depth = 0, asked = 1; level.length > 0 && depth <= limits.workflowNesting; depth++) {
    const below: string[] = [];
    for (const one of level) {
      for (const step of await readSteps(client, one)) {
        if (step.state === "waiting" && step.approval !== null && step.approval.answer === null) {
          found.push({ run: one, step });
        }
        const isCalled = step.skill?.startsWith("workflow/") === true && step.run !== null && !isSettled(step.state);
        if (isCalled && step.run !== null && asked < mostRuns) {
          below.push(step.run);
          asked += 1;
        }
      }
    }
    level = await Promise.all(below.map((run_id) => client.call(getRun, { params: { run_id } })));
  }
  return found;
}
