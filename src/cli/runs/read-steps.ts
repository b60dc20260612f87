import { again } from "../../client/again.ts";
import type { Client } from "../../client/create-client.ts";
import { listRunSteps } from "../../contract/http/workflow-runs.ts";
import type { Run } from "../../contract/run/run.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";

/** All steps of a workflow's run, in the order of the document: those that the run itself tells, or page for page. Empty for other runs. */
export async function readSteps(client: Client, run: Run): Promise<StepState[]> {
  const told = run.steps ?? [];
  if (told.length >= (run.step_count ?? 0)) return told;
  const steps: StepState[] = [];
  let cursor: string | null = null;
  do {
    const query: { limit: string; cursor?: string } = { limit: "200", ...(cursor === null ? {} : { cursor }) };
    const page = await again(() => client.call(listRunSteps, { params: { run_id: run.id }, query }));
    steps.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor !== null);
  return steps;
}
