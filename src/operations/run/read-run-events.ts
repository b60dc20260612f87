import type { Failure } from "../../contract/failure.ts";
import type { RunEventPage } from "../../contract/http/runs.ts";
import { type Result, success } from "../../domain/result.ts";
import { askPool } from "./ask-pool.ts";
import {
  type KeptEvents,
  openRunEvents,
  pageTimeoutMs,
  silentKeeper,
  standingEvent,
  type WholeEvents,
} from "./open-run-events.ts";
import type { RunNeeds } from "./run-needs.ts";

/** Events of a run after `after`, oldest first, at most `limit`; `ended` when these are the last that there will be. */
export async function readRunEvents(
  needs: Pick<RunNeeds, "db" | "blobs" | "pools" | "feeds">,
  runId: string,
  after: number,
  limit: number,
): Promise<Result<RunEventPage, Failure>> {
  const opened = await openRunEvents(needs, runId);
  return opened.ok ? pageOfEvents(opened.value, after, limit) : opened;
}

/** A page of events, wherever they are. */
export async function pageOfEvents(
  source: WholeEvents | KeptEvents,
  after: number,
  limit: number,
): Promise<Result<RunEventPage, Failure>> {
  if (source.kind === "whole") return success(pageOf(source.events, after, limit, true));
  const asked = await askPool(() => source.page(after, limit), pageTimeoutMs);
  if (!asked.answered) return silentKeeper(source.row);
  // The run is on its way to who will have them.
  if (asked.value === null) return success(pageOf([standingEvent(source.row)], after, limit, false));
  const { events, ended } = asked.value;
  return success({ events, ended: ended && events.length < limit });
}

function pageOf(events: RunEventPage["events"], after: number, limit: number, isWhole: boolean): RunEventPage {
  const rest = events.filter((event) => event.id > after);
  return { events: rest.slice(0, limit), ended: isWhole && rest.length <= limit };
}
