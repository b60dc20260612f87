import { primary } from "../../../bindings/d1/primary.ts";
import { endedRunStatements } from "../../../bindings/d1/workflow/ended-run-statements.ts";
import { loadDoneSteps, loadOpenRun } from "../../../bindings/d1/workflow/open-run-rows.ts";
import { stepStatements } from "../../../bindings/d1/workflow/step-rows.ts";
import type { DurableSteps } from "../../../bindings/workflow/durable-steps.ts";
import { runRequest } from "../../../contract/run/run-request.ts";
import { isFinal } from "../../../contract/run/run-state.ts";
import { loadPlan } from "../load-plan.ts";
import { beginStatement } from "./begin-statement.ts";
import type { EngineNeeds } from "./engine-needs.ts";
import type { OpenRun } from "./open-run.ts";
import { RunJournal, type Unwritten } from "./run-journal.ts";

const stepWishes = runRequest.pick({ pool: true, priority: true, runner_labels: true });

/** Opens a run for its instance; null when there is nothing to do: no such run, or it has ended. */
export async function loadRun(needs: EngineNeeds, steps: DurableSteps, runId: string): Promise<OpenRun | null> {
  const found = await loadOpenRun(needs.db, runId);
  if (found === null || isFinal(found.row.state)) return null;
  const { row, job, planDigest, depth, children } = found;
  const plan = await loadPlan(needs.blobs, planDigest);
  const document = plan.documents[`${row.name}@${row.version}`];
  if (document === undefined) throw new Error(`the plan ${planDigest} of run ${runId} lacks its own document`);
  const done = row.retry_of === null ? [] : await loadDoneSteps(needs.db, row.retry_of);
  return {
    needs,
    steps,
    journal: new RunJournal((unwritten) => write(needs, runId, unwritten)),
    row,
    job,
    document,
    plan,
    planDigest,
    depth,
    wishes: stepWishes.parse(job.parameters),
    children: new Map(children.map((child) => [child.parent_step, child])),
    done: new Map(done.map((step) => [step.path, step])),
  };
}

/** D1 first: who listens never hears what cannot be read. */
async function write(needs: EngineNeeds, runId: string, { steps, ended, entries }: Unwritten): Promise<void> {
  const session = primary(needs.db);
  const statements = [
    beginStatement(session, runId),
    ...endedRunStatements(session, ended),
    ...stepStatements(session, runId, steps),
  ];
  await session.batch(statements);
  await needs.feeds(runId).append(runId, entries);
}
