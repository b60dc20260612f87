import { loadVersionRow } from "../../bindings/d1/artifact/version-row.ts";
import { loadRunRow } from "../../bindings/d1/run/run-row.ts";
import type { Failure } from "../../contract/failure.ts";
import { type Result, refusal } from "../../domain/result.ts";
import { beginAgain } from "../workflow-run/begin-again.ts";
import { type CreatedRun, createOnce } from "./create-once.ts";
import { createRun } from "./create-run.ts";
import { prepareReplay, type ReplayRequest, refuseDeleted } from "./prepare-replay.ts";
import { missingRun } from "./read-run.ts";
import type { RunNeeds } from "./run-needs.ts";

/** Which run is to be done again from its beginning. */
export interface ReplayAsk {
  runId: string;
  request: ReplayRequest;
  caller: string;
  /** The Idempotency-Key; null when there is none. */
  key: string | null;
}

/** Runs the same digest on the same inputs again: a workflow with everything that it called then. */
export async function replayRun(
  needs: RunNeeds,
  { runId, request, caller, key }: ReplayAsk,
): Promise<Result<CreatedRun, Failure>> {
  const ask = { caller, key, content: { replay_of: runId, request } };
  const row = await loadRunRow(needs.db, runId);
  switch (row?.kind) {
    case undefined:
      return missingRun(runId);
    case "agent":
      return refusal({
        code: "STATE_CONFLICT",
        message: `run ${runId} is a call of an agent for step ${row?.parent_step} of run ${row?.parent_run}; retry that run from the step`,
      });
    case "workflow":
      return createOnce(needs, ask, async (keyed) => {
        const { name, version } = row;
        const found = await loadVersionRow(needs.db, "workflow", name, version);
        if (found === null || found.state === "deleted") return refuseDeleted(runId, { name, version });
        return beginAgain(needs, row, { wishes: request, retryOf: null, replayOf: runId, by: caller, keyed });
      });
    default:
      return createRun(needs, { ...ask, prepare: () => prepareReplay(needs, runId, request, caller) });
  }
}
