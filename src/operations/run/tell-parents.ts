import { type EndedChild, loadUntold, markTold } from "../../bindings/d1/workflow/child-run-rows.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import type { ChildEnd } from "../../contract/workflow/child-end.ts";
import { runEndEventType } from "../../domain/workflow-run/run-end-event.ts";
import type { RunNeeds } from "./run-needs.ts";

/** A run that has ended, and the run of a workflow that waits for it. */
export interface ToldEnd {
  runId: string;
  parentRun: string;
  end: ChildEnd;
}

/** How many instances are told at once. */
const atOnce = 20;

/**
 * Tells runs of workflows that runs have ended which do steps of theirs; those that do no steps, have not ended, or told it before, are passed
 * over. Twice is the same as once. Answers how many are known to their parents now.
 */
export async function tellParents(
  needs: Pick<RunNeeds, "db" | "workflows">,
  runIds: string | readonly string[],
): Promise<number> {
  const untold = await loadUntold(needs.db, typeof runIds === "string" ? [runIds] : runIds);
  const isOver = ({ parent_state: parent }: EndedChild) => parent === null || isFinal(parent);
  // Nobody waits any more where the parent has ended.
  const over = untold.filter(isOver).map(({ id }) => id);
  await markTold(needs.db, over);
  return over.length + (await tellEnds(needs, untold.filter((child) => !isOver(child)).map(toldEnd)));
}

/** The same for ends that the caller knows, so that D1 need not be asked first. */
export async function tellEnds(
  { db, workflows }: Pick<RunNeeds, "db" | "workflows">,
  ends: readonly ToldEnd[],
): Promise<number> {
  let known = 0;
  for (let at = 0; at < ends.length; at += atOnce) {
    const told = await Promise.all(
      ends.slice(at, at + atOnce).map(async ({ runId, parentRun, end }) => {
        try {
          return (await workflows.tell(parentRun, { type: runEndEventType(runId), payload: end })) ? [runId] : [];
        } catch (error) {
          // A sweep tells it again, and so does the instance to itself when it begins anew.
          console.warn(JSON.stringify({ level: "warn", tell_parent_of: runId, error: String(error) }));
          return [];
        }
      }),
    );
    await markTold(db, told.flat());
    known += told.flat().length;
  }
  return known;
}

function toldEnd({ id, parent_run, state, entity, finished_at, failure, reason }: EndedChild): ToldEnd {
  return { runId: id, parentRun: parent_run, end: { state, entity, finished_at, failure, reason } };
}
