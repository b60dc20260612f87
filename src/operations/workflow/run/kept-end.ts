import { insertEndedRun } from "../../../bindings/d1/run/insert-ended-run.ts";
import type { EndedRun } from "../../../bindings/d1/workflow/ended-run-statements.ts";
import type { CallOutcome, CallTask } from "../../../domain/workflow-run/actions.ts";
import { childOutcome } from "./ended-child.ts";
import type { OpenRun } from "./open-run.ts";
import { outcomeOfEnding } from "./step-outcome.ts";

/** What a durable step keeps of a run that was done in place: what came of it, and the rows that D1 has still to be told; null when it has them. */
export interface KeptEnd {
  outcome: CallOutcome;
  ended: EndedRun | null;
}

/** What a step of Cloudflare's may keep is 1 MiB; what would come near is recorded within the step. */
const keptLength = 700_000;

/** Makes the end of a run small enough to be kept by a durable step. */
export async function keptEnd(open: OpenRun, task: CallTask, ended: EndedRun): Promise<KeptEnd> {
  if (JSON.stringify(ended).length <= keptLength) return { outcome: outcomeOfEnding(ended.ending), ended };
  const { row, job, inputEntity, ending, eventsDigest } = ended;
  try {
    await insertEndedRun(open.needs.db, { row, job, inputEntity, keyed: null }, { ending, eventsDigest });
    return { outcome: outcomeOfEnding(ending), ended: null };
  } catch (error) {
    // The step was cut off after it had recorded the run: then that is what came of it.
    const known = await childOutcome(open, task, row.id);
    if (known === null) throw error;
    return { outcome: known, ended: null };
  }
}
