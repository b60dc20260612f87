import { loadRunRow, type RunRow } from "../../bindings/d1/run/run-row.ts";
import { readBlob } from "../../bindings/r2/blob-store.ts";
import type { Failure } from "../../contract/failure.ts";
import { type RunEvent, runEvent } from "../../contract/run/run-event.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { askPool } from "./ask-pool.ts";
import { wasAtEdge } from "./edge-job.ts";
import { missingRun } from "./read-run.ts";
import type { RunNeeds } from "./run-needs.ts";

/** Events of a run that has ended: all of them lie here. */
export interface WholeEvents {
  kind: "whole";
  events: RunEvent[];
}

/** Events of a run that its pool has, a page at a time. */
export interface PoolEvents {
  kind: "pool";
  row: RunRow;
  page: (after: number, limit: number) => Promise<{ events: RunEvent[]; ended: boolean } | null>;
}

type EventNeeds = Pick<RunNeeds, "db" | "blobs" | "pools">;

/** How long a pool has for a page: what it does not give is given by nobody else. */
const pageTimeoutMs = 5000;

/**
 * Where a run's events are: with its pool, or archived in R2 some minutes after the end. A run that ended before any pool had it has
 * none, and is told by one event that says how it stands.
 */
export async function openRunEvents(
  needs: EventNeeds,
  runId: string,
): Promise<Result<WholeEvents | PoolEvents, Failure>> {
  const row = await loadRunRow(needs.db, runId);
  if (row === null) return missingRun(runId);
  if (row.events_digest !== null) return success(await readArchive(needs.blobs, row, row.events_digest));
  if (!isFinal(row.state)) return success(poolEvents(needs, row));
  if (wasAtEdge(row)) return success({ kind: "whole", events: [standingEvent(row)] });
  const probe = await askPool(() => needs.pools(row.pool).events(runId, 0, 1), pageTimeoutMs);
  if (!probe.answered) return silentPool(row);
  if (probe.value !== null) return success(poolEvents(needs, row));
  // Archived since the row was read; else it never had any.
  const digest = (await loadRunRow(needs.db, runId))?.events_digest ?? null;
  return success(
    digest === null ? { kind: "whole", events: [standingEvent(row)] } : await readArchive(needs.blobs, row, digest),
  );
}

/** The one event of a run that has none. */
export function standingEvent(row: RunRow): RunEvent {
  const { state, state_since: at, attempt, runner, failure } = row;
  return { id: 1, at, type: "state", state, attempt, runner: runner?.name ?? null, failure, retry_at: null };
}

export function silentPool(row: RunRow): Result<never, Failure> {
  return refusal({
    code: "UNAVAILABLE",
    message: `the pool ${row.pool}, which has the events of run ${row.id}, does not answer; try again in a moment`,
    retryAfterSeconds: 2,
  });
}

function poolEvents(needs: EventNeeds, row: RunRow): PoolEvents {
  return { kind: "pool", row, page: (after, limit) => needs.pools(row.pool).events(row.id, after, limit) };
}

async function readArchive(blobs: R2Bucket, row: RunRow, digest: string): Promise<WholeEvents> {
  const bytes = await readBlob(blobs, digest);
  if (bytes === null) throw new Error(`the events of run ${row.id} (${digest}) are not in R2`);
  const lines = new TextDecoder().decode(bytes).split("\n");
  return { kind: "whole", events: lines.filter((line) => line !== "").map((line) => runEvent.parse(JSON.parse(line))) };
}
