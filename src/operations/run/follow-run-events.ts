import type { Failure } from "../../contract/failure.ts";
import type { RunEvent } from "../../contract/run/run-event.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { type Result, success } from "../../domain/result.ts";
import { type KeptEvents, openRunEvents, silentKeeper, type WholeEvents } from "./open-run-events.ts";
import { pageOfEvents } from "./read-run-events.ts";
import type { RunNeeds } from "./run-needs.ts";

/** Events after some event: all that there will be, or a socket to who has them, which sends those that there are and then each new one. */
export type FollowedEvents = { kind: "whole"; events: RunEvent[] } | { kind: "live"; socket: WebSocket };

const eventsPerPage = 1000;

/** Follows a run's events after `after` to their end. */
export async function followRunEvents(
  needs: Pick<RunNeeds, "db" | "blobs" | "pools" | "feeds">,
  runId: string,
  after: number,
): Promise<Result<FollowedEvents, Failure>> {
  const opened = await openRunEvents(needs, runId);
  if (!opened.ok) return opened;
  const source = opened.value;
  if (source.kind === "whole" || isFinal(source.row.state)) {
    const read = await readToEnd(source, after);
    // A workflow's feed hears of the end a moment after D1 does.
    if (!read.ok || read.value.isWhole || source.kind === "whole" || source.row.kind !== "workflow") return read;
  }
  const socket = await source.listen(after);
  return socket === null ? silentKeeper(source.row) : success({ kind: "live", socket });
}

async function readToEnd(
  source: WholeEvents | KeptEvents,
  after: number,
): Promise<Result<FollowedEvents & { kind: "whole"; isWhole: boolean }, Failure>> {
  const events: RunEvent[] = [];
  for (;;) {
    const page = await pageOfEvents(source, events.at(-1)?.id ?? after, eventsPerPage);
    if (!page.ok) return page;
    events.push(...page.value.events);
    const { ended } = page.value;
    if (ended || page.value.events.length === 0) return success({ kind: "whole", events, isWhole: ended });
  }
}
