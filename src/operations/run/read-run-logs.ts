import type { Failure } from "../../contract/failure.ts";
import { limits } from "../../contract/limits.ts";
import type { LogEvent } from "../../contract/run/run-event.ts";
import { type Result, success } from "../../domain/result.ts";
import { openRunEvents } from "./open-run-events.ts";
import { pageOfEvents } from "./read-run-events.ts";
import type { RunNeeds } from "./run-needs.ts";

/** Which lines are asked for. */
export interface LogQuestion {
  runId: string;
  /** Null: of all attempts. */
  attempt: number | null;
  /** The last event that the caller has seen; 0 for none. */
  after: number;
  limit: number;
}

/** Lines, oldest first. `next`: the event to go on after; null when the run has ended and there are no more. */
export interface LogAnswer {
  lines: LogEvent[];
  ended: boolean;
  next: number | null;
}

const eventsPerPage = 1000;

/** What a run's handler and its runner wrote. */
export async function readRunLogs(
  needs: Pick<RunNeeds, "db" | "blobs" | "pools" | "feeds">,
  { runId, attempt, after, limit }: LogQuestion,
): Promise<Result<LogAnswer, Failure>> {
  const opened = await openRunEvents(needs, runId);
  if (!opened.ok) return opened;
  const lines: LogEvent[] = [];
  let seen = after;
  for (let read = 0; read <= limits.eventsPerRun; read += eventsPerPage) {
    const page = await pageOfEvents(opened.value, seen, eventsPerPage);
    if (!page.ok) return page;
    for (const event of page.value.events) {
      const isWanted = event.type === "log" && (attempt === null || event.attempt === attempt);
      if (isWanted && lines.length === limit) return success({ lines, ended: false, next: seen });
      seen = event.id;
      if (isWanted) lines.push(event);
    }
    if (page.value.ended) return success({ lines, ended: true, next: null });
    if (page.value.events.length < eventsPerPage) break;
  }
  return success({ lines, ended: false, next: seen });
}
