import { v7 } from "uuid";
import type { EntityRow } from "../../../bindings/d1/entity/entity-statements.ts";
import { primary } from "../../../bindings/d1/primary.ts";
import { type RunRow, runRowOf, runRowStatement } from "../../../bindings/d1/run/run-row.ts";
import { endingStatements, type RunEnding } from "../../../bindings/d1/run/run-transitions.ts";
import { endedRunStatements } from "../../../bindings/d1/workflow/ended-run-statements.ts";
import { stepStatements } from "../../../bindings/d1/workflow/step-rows.ts";
import { markSettled } from "../../../bindings/d1/workflow/workflow-run-rows.ts";
import type { FeedEntry } from "../../../bindings/durable/run-feed.ts";
import type { RunFailure } from "../../../contract/run/run-failure.ts";
import { canonicalDigest } from "../../../domain/document/canonical-digest.ts";
import { failureEntity } from "../../../domain/entity/make-entity.ts";
import { workflowOutputEntity } from "../../../domain/entity/workflow-output-entity.ts";
import { progressOfSuccess } from "../../../domain/run/overall-progress.ts";
import type { StepFailure } from "../../../domain/workflow-run/actions.ts";
import type { WorkflowOutcome } from "../../../domain/workflow-run/workflow-outcome.ts";
import { filesAmong } from "../../entity/files-among.ts";
import { placeEntity } from "../../entity/place-entity.ts";
import { compareWithOriginal } from "../../pool/ending/compare-with-original.ts";
import { tellParents } from "../../run/tell-parents.ts";
import { stateEntry } from "../../workflow-run/feed-entries.ts";
import { workflowRunner } from "../../workflow-run/workflow-runner.ts";
import { beginStatement } from "./begin-statement.ts";
import type { OpenRun } from "./open-run.ts";

/**
 * Brings the end of a run into D1, with all that was not written yet, in one batch; then tells all whom it concerns. A run that was cancelled
 * meanwhile stays so.
 */
export async function endRun(open: OpenRun, outcome: WorkflowOutcome): Promise<void> {
  const { needs, row, journal } = open;
  const ending = await endingOf(open, outcome);
  const { steps, ended, entries } = await journal.take();
  const session = primary(needs.db);
  const results = await session.batch([
    beginStatement(session, row.id),
    ...endedRunStatements(session, ended),
    ...stepStatements(session, row.id, steps),
    ...endingStatements(session, ending),
    runRowStatement(session, row.id),
  ]);
  await tellEnd(open, runRowOf(results.at(-1)), entries);
}

/**
 * Who waits and who listens hears of the end first. Nothing of this run is left open: its steps have ended, and so have the runs that did
 * them. What fails here is done by cron, which finds the run not settled.
 */
async function tellEnd({ needs, row }: OpenRun, ended: RunRow | null, entries: readonly FeedEntry[]): Promise<void> {
  // Whoever cancelled it meanwhile tells of that.
  if (ended === null || ended.state === "cancelled") return;
  await needs.feeds(row.id).end(row.id, [...entries, stateEntry(ended)]);
  if (row.parent_run !== null) await tellParents(needs, row.id);
  await markSettled(needs.db, row.id);
}

async function endingOf(open: OpenRun, outcome: WorkflowOutcome): Promise<RunEnding> {
  if (outcome.state === "failed") return failed(open, outcome.failure, outcome.finishedAt);
  const { row, job, needs } = open;
  const { values } = outcome.outputs;
  const finishedAt = new Date(outcome.finishedAt).toISOString();
  const files = await filesAmong(needs.db, values);
  const birth = { ...birthOf(open, finishedAt), outputIndex: 0, outputs: outcome.outputs, files };
  const placed = await placeEntity(needs, workflowOutputEntity(birth));
  if (!placed.ok) {
    const wrong = {
      class: "validation",
      code: "invalid_outputs",
      message: placed.failure.message,
      detail: null,
    } as const;
    return failed(open, wrong, outcome.finishedAt);
  }
  const outputsDigest = canonicalDigest([values]);
  return {
    ...commonOf(open, finishedAt),
    state: "succeeded",
    deviceClass: workflowRunner.name,
    runSeconds: (outcome.finishedAt - Date.parse(row.created_at)) / 1000,
    outputsDigest,
    progress: progressOfSuccess(null, finishedAt),
    replay: await compareWithOriginal(needs, job.replay_of, [values], outputsDigest),
    entities: [placed.value],
  };
}

async function failed(open: OpenRun, failure: StepFailure, at: number): Promise<RunEnding> {
  const finishedAt = new Date(at).toISOString();
  const told: RunFailure = { ...failure, attempt: 1, runner: null, at: finishedAt };
  const entity = await placeFailure(open, told);
  return { ...commonOf(open, finishedAt), state: "failed", failure: told, entity };
}

async function placeFailure(open: OpenRun, failure: RunFailure): Promise<EntityRow> {
  const placed = await placeEntity(open.needs, failureEntity({ ...birthOf(open, failure.at), failure }));
  if (!placed.ok) throw new Error(placed.failure.message);
  return placed.value;
}

function commonOf({ row }: OpenRun, finishedAt: string) {
  const started = { startedAt: row.created_at, finishedAt };
  return { runId: row.id, fence: 1, attempt: 1, runner: workflowRunner, ...started, attempts: [] };
}

function birthOf({ row }: OpenRun, createdAt: string) {
  const { kind, name, version, digest } = row;
  const artifact = { kind, name, version, digest };
  return {
    ecsId: v7(),
    createdBy: `runner:${workflowRunner.name}`,
    createdAt,
    artifact,
    runId: row.id,
    inputEcsId: row.input_entity,
  };
}
