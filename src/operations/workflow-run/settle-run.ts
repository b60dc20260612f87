import { loadRunRow, type RunRow } from "../../bindings/d1/run/run-row.ts";
import { type CancelledChild, listCancelledChildren } from "../../bindings/d1/workflow/child-run-rows.ts";
import { closeOpenWork } from "../../bindings/d1/workflow/close-run.ts";
import { listSteps } from "../../bindings/d1/workflow/step-rows.ts";
import { loadWorkflowRun, markSettled } from "../../bindings/d1/workflow/workflow-run-rows.ts";
import { sendJob } from "../../bindings/queue/gpu-jobs.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import { askPool } from "../run/ask-pool.ts";
import type { RunNeeds } from "../run/run-needs.ts";
import { tellParents } from "../run/tell-parents.ts";
import { stateEntry, stepEntry } from "./feed-entries.ts";

export type SettleNeeds = Pick<RunNeeds, "db" | "pools" | "gpuJobs" | "workflows" | "feeds" | "now">;

/** Stopping an instance waits for what it does at this moment; whoever cancels does not. */
const stopTimeoutMs = 1500;
const stepsAtOnce = 500;

/**
 * Sees to it that the end of a workflow's run reaches all that it concerns: its instance goes no further, the runs that it waited for are
 * cancelled, its open steps too, who listens and who waits is told. Safe at any time and as often as one likes; nothing for a run that has not
 * ended. Answers whether all is done; if not, it is to be done again, and cron does so.
 */
export async function settleRun(needs: SettleNeeds, runId: string): Promise<boolean> {
  const [row, own] = await Promise.all([loadRunRow(needs.db, runId), loadWorkflowRun(needs.db, runId)]);
  if (row === null || own === null || !isFinal(row.state)) return false;
  if (own.settled === 1) return true;
  const stopped = row.state === "cancelled" ? attempt(row, "stop", () => stop(needs, runId)) : true;
  const closed = await attempt(row, "close", () => closeWork(needs, row));
  const steps = [
    stopped,
    attempt(row, "end_feed", () => endFeed(needs, row)),
    attempt(row, "tell_parent", () => tellParent(needs, row)),
    attempt(row, "cancel_children", () => tellCancelled(needs, row)),
  ];
  const isSettled = closed && (await Promise.all(steps)).every(Boolean);
  if (isSettled) await markSettled(needs.db, runId);
  return isSettled;
}

/** One part that fails keeps the others from nothing. */
async function attempt({ id }: RunRow, part: string, work: () => Promise<boolean>): Promise<boolean> {
  try {
    return await work();
  } catch (error) {
    console.warn(JSON.stringify({ level: "warn", settle_run: id, part, error: String(error) }));
    return false;
  }
}

async function stop({ workflows }: SettleNeeds, runId: string): Promise<boolean> {
  return (await askPool(() => workflows.stop(runId), stopTimeoutMs)).answered;
}

async function closeWork({ db, now }: SettleNeeds, row: RunRow): Promise<boolean> {
  // Clocks of different machines differ; what follows from an end is not before it.
  const at = Math.max(now().getTime(), Date.parse(finishedAt(row)));
  await closeOpenWork(db, row.id, {
    at: new Date(at).toISOString(),
    by: row.cancelled_by ?? "registry",
    reason: whyOf(row),
  });
  return true;
}

function whyOf(row: RunRow): string {
  const said = row.state === "cancelled" && row.cancel_reason !== null ? `: ${row.cancel_reason}` : "";
  return `run ${row.id} of the workflow ${row.name} has ${row.state}${said}`;
}

async function endFeed({ db, feeds }: SettleNeeds, row: RunRow): Promise<boolean> {
  // Archived: it has told all there was.
  if (row.events_digest !== null) return true;
  const feed = feeds(row.id);
  // What its instance had no time to tell is told with it; the feed knows what it was told before.
  let after: StepState | null = null;
  for (;;) {
    const steps = await listSteps(db, row.id, after, stepsAtOnce);
    after = steps.at(-1) ?? null;
    if (steps.length < stepsAtOnce)
      return feed.end(row.id, [...steps.map(stepEntry), stateEntry(row)]).then(() => true);
    await feed.append(row.id, steps.map(stepEntry));
  }
}

async function tellParent(needs: SettleNeeds, row: RunRow): Promise<boolean> {
  // What does not reach the parent now is told again by a sweep of its own.
  if (row.parent_run !== null) await tellParents(needs, row.id);
  return true;
}

/** Tells whoever does them that runs were cancelled. */
async function tellCancelled(needs: SettleNeeds, row: RunRow): Promise<boolean> {
  const children = await listCancelledChildren(needs.db, row.id, finishedAt(row));
  const told = await Promise.all(children.map((child) => tellOne(needs, child, whyOf(row))));
  return told.every(Boolean);
}

async function tellOne(needs: SettleNeeds, { id, kind, pool }: CancelledChild, reason: string): Promise<boolean> {
  if (kind === "workflow") return settleRun(needs, id);
  // A call of an agent is done in its workflow's instance, which goes no further.
  if (kind === "agent") return true;
  const dropped = await askPool(() => needs.pools(pool).drop(id, reason));
  // The queue's consumer finds the run cancelled and tells the pool again.
  return dropped.answered || sendJob(needs.gpuJobs, { run_id: id, pool });
}

function finishedAt(row: RunRow): string {
  return row.finished_at ?? row.state_since;
}
