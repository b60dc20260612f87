import { isFinal } from "../../../contract/run/run-state.ts";
import { tellParents } from "../../run/tell-parents.ts";
import type { OpenRun } from "./open-run.ts";

/** An instance that begins anew is told what it may have missed while it was away: ends of its steps' runs. */
export async function tellAgain({ needs, children }: OpenRun): Promise<void> {
  const missed = [...children.values()].filter(({ state, parent_told: told }) => isFinal(state) && told === 0);
  if (missed.length > 0)
    needs.later(
      tellParents(
        needs,
        missed.map(({ id }) => id),
      ),
    );
}
