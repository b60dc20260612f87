import { loadRunRow, type RunRow } from "../../bindings/d1/run/run-row.ts";
import { readBlob } from "../../bindings/r2/blob-store.ts";
import type { Failure } from "../../contract/failure.ts";
import { type RunEvent, runEvent } from "../../contract/run/run-event.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { agentEvents, agentPage } from "./agent-events.ts";
import { askPool } from "./ask-pool.ts";
import { wasAtEdge } from "./edge-job.ts";
import { followAgentRun } from "./follow-agent-run.ts";
import { missingRun } from "./read-run.ts";
import type { RunNeeds } from "./run-needs.ts";

/** Events of a run that has ended: all of them lie here. */
export interface WholeEvents {
  kind: "whole";
  events: RunEvent[];
}

/** Events that somebody has, a page at a time: a run's pool, or a workflow's feed. */
export interface KeptEvents {
  kind: "kept";
  row: RunRow;
  /** Null when nothing of the run was told there. */
  page: (after: number, limit: number) => Promise<{ events: RunEvent[]; ended: boolean } | null>;
  /** Events after `after`, each that comes too, until the run ends; null when that cannot be had now. */
  listen: (after: number) => Promise<WebSocket | null>;
}

type EventNeeds = Pick<RunNeeds, "db" | "blobs" | "pools" | "feeds">;

/** How long a page may take: what is not given here is given by nobody else. */
export const pageTimeoutMs = 5000;

/**
 * Where a run's events are: with its pool, or its feed where it is a workflow's, or archived in R2 some minutes after the end. A run that ended
 * before anybody had it has none, and is told by one event that says how it stands.
 */
export async function openRunEvents(
  needs: EventNeeds,
  runId: string,
): Promise<Result<WholeEvents | KeptEvents, Failure>> {
  const row = await loadRunRow(needs.db, runId);
  if (row === null) return missingRun(runId);
  if (row.events_digest !== null) return success(await readArchive(needs.blobs, row, row.events_digest));
  if (row.kind === "agent" && isFinal(row.state)) return success({ kind: "whole", events: agentEvents(row) });
  const kept = keptEvents(needs, row);
  if (!isFinal(row.state)) return success(kept);
  if (wasAtEdge(row)) return success({ kind: "whole", events: [standingEvent(row)] });
  const probe = await askPool(() => kept.page(0, 1), pageTimeoutMs);
  if (!probe.answered) return silentKeeper(row);
  if (probe.value !== null) return success(kept);
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

/** Who has the events of a run does not answer. */
export function silentKeeper({ id, kind, pool }: RunRow): Result<never, Failure> {
  const keeper = kind === "workflow" ? "the feed" : `the pool ${pool}`;
  return refusal({
    code: "UNAVAILABLE",
    message: `${keeper}, which has the events of run ${id}, does not answer; try again in a moment`,
    retryAfterSeconds: 2,
  });
}

function keptEvents(needs: EventNeeds, row: RunRow): KeptEvents {
  const { id, kind, pool } = row;
  if (kind === "agent") {
    return {
      kind: "kept",
      row,
      page: async (after, limit) => agentPage(row, after, limit),
      listen: async (after) => followAgentRun(needs.db, row, after),
    };
  }
  if (kind === "workflow") {
    return {
      kind: "kept",
      row,
      page: (after, limit) => needs.feeds(id).events(after, limit),
      listen: (after) => listenAt(needs.feeds(id), `/events?after=${after}`),
    };
  }
  return {
    kind: "kept",
    row,
    page: (after, limit) => needs.pools(pool).events(id, after, limit),
    listen: (after) => listenAt(needs.pools(pool), `/runs/${id}/events?after=${after}`),
  };
}

/** A Durable Object is found by its name, so the host says nothing. */
async function listenAt(
  keeper: { fetch: (request: Request) => Promise<Response> },
  path: string,
): Promise<WebSocket | null> {
  const upgrade = { headers: { Upgrade: "websocket" } };
  return (await keeper.fetch(new Request(`https://keeper${path}`, upgrade))).webSocket;
}

async function readArchive(blobs: R2Bucket, row: RunRow, digest: string): Promise<WholeEvents> {
  const bytes = await readBlob(blobs, digest);
  if (bytes === null) throw new Error(`the events of run ${row.id} (${digest}) are not in R2`);
  const lines = new TextDecoder().decode(bytes).split("\n");
  return { kind: "whole", events: lines.filter((line) => line !== "").map((line) => runEvent.parse(JSON.parse(line))) };
}
