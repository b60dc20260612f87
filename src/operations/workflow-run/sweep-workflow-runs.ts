import { readSweepPosition, writeSweepPosition } from "../../bindings/d1/sweep-position.ts";
import { listUntold } from "../../bindings/d1/workflow/child-run-rows.ts";
import { listUnheardAnswers } from "../../bindings/d1/workflow/step-answers.ts";
import { listOpenWorkflowRuns, listUnsettled } from "../../bindings/d1/workflow/workflow-run-rows.ts";
import { answerEventType } from "../../domain/workflow-run/answer-event.ts";
import type { RunNeeds } from "../run/run-needs.ts";
import { tellParents } from "../run/tell-parents.ts";
import { type SettleNeeds, settleRun } from "./settle-run.ts";

/** What was found left behind, and done. */
export interface SweptWorkflows {
  workflows_started: number;
  workflows_settled: number;
  answers_told: number;
  ends_told: number;
}

/** Whoever is at it has had this long. */
const graceMs = 30_000;
/** Of starting an instance, which may be done twice. */
const startGraceMs = 2000;
const rowsPerPage = 50;
const pagesPerSweep = 10;
const atOnce = 10;

/**
 * Does what a crash left behind of runs of workflows: an instance that never began or broke off is started, one that sleeps is woken, an end
 * that did not reach all whom it concerns is told, answers and ends of steps are told again. Safe at any time, as often as one likes. A few
 * hundred of each; of open runs, which stay, it goes on where the last sweep stopped.
 */
export async function sweepWorkflowRuns(needs: SettleNeeds, now: Date): Promise<SweptWorkflows> {
  const before = new Date(now.getTime() - graceMs).toISOString();
  return {
    workflows_started: await sweepOpen(needs, now),
    workflows_settled: await sweepPages(
      (after: string) => listUnsettled(needs.db, before, after, rowsPerPage),
      "",
      (runId) => runId,
      (runId) => settleRun(needs, runId),
    ),
    answers_told: await sweepPages(
      (after: { runId: string; path: string }) => listUnheardAnswers(needs.db, before, after, rowsPerPage),
      { runId: "", path: "" },
      ({ run_id: runId, path }) => ({ runId, path }),
      ({ run_id: runId, path, answer }) =>
        needs.workflows.tell(runId, { type: answerEventType(path), payload: answer }),
    ),
    ends_told: await sweepEnds(needs, before),
  };
}

async function sweepOpen({ db, workflows }: Pick<RunNeeds, "db" | "workflows">, now: Date): Promise<number> {
  const before = new Date(now.getTime() - startGraceMs).toISOString();
  const begun = (await readSweepPosition(db, "workflow_runs")) ?? "";
  let position = begun;
  const started = await sweepPages(
    async (after: string) => {
      const page = await listOpenWorkflowRuns(db, before, after, rowsPerPage);
      position = page.length < rowsPerPage ? "" : (page.at(-1) ?? "");
      return page;
    },
    begun,
    (runId) => runId,
    (runId) => workflows.resume(runId),
  );
  await writeSweepPosition(db, "workflow_runs", position === "" ? null : position, now.toISOString());
  return started;
}

/** Ends are told many at a time. */
async function sweepEnds(needs: Pick<RunNeeds, "db" | "workflows">, before: string): Promise<number> {
  let told = 0;
  let after = "";
  for (let page = 0; page < pagesPerSweep; page++) {
    const runIds = await listUntold(needs.db, before, after, rowsPerPage);
    told += await tellParents(needs, runIds);
    const last = runIds.at(-1);
    if (runIds.length < rowsPerPage || last === undefined) break;
    after = last;
  }
  return told;
}

/** Goes through pages, and does each row; one that fails keeps no other. Answers how many were done. */
async function sweepPages<Row, Place>(
  list: (after: Place) => Promise<Row[]>,
  first: Place,
  placeOf: (row: Row) => Place,
  work: (row: Row) => Promise<boolean>,
): Promise<number> {
  let done = 0;
  let after = first;
  for (let page = 0; page < pagesPerSweep; page++) {
    const rows = await list(after);
    for (let at = 0; at < rows.length; at += atOnce) {
      const results = await Promise.all(rows.slice(at, at + atOnce).map((row) => caught(work(row))));
      done += results.filter(Boolean).length;
    }
    const last = rows.at(-1);
    if (rows.length < rowsPerPage || last === undefined) break;
    after = placeOf(last);
  }
  return done;
}

async function caught(work: Promise<boolean>): Promise<boolean> {
  try {
    return await work;
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", sweep_workflow_runs: String(error) }));
    return false;
  }
}
