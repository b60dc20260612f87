import type { Failure } from "../../contract/failure.ts";
import type { RunEvent } from "../../contract/run/run-event.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { type Result, success } from "../../domain/result.ts";
import { openRunEvents, type PoolEvents, silentPool, type WholeEvents } from "./open-run-events.ts";
import { pageOfEvents } from "./read-run-events.ts";
import type { RunNeeds } from "./run-needs.ts";

/** Events after some event: all that there will be, or a socket to the run's pool, which sends those that it has and then each new one. */
export type FollowedEvents = { kind: "whole"; events: RunEvent[] } | { kind: "live"; socket: WebSocket };

const eventsPerPage = 1000;

/** Follows a run's events after `after` to their end. */
export async function followRunEvents(
  needs: Pick<RunNeeds, "db" | "blobs" | "pools">,
  runId: string,
  after: number,
): Promise<Result<FollowedEvents, Failure>> {
  const opened = await openRunEvents(needs, runId);
  if (!opened.ok) return opened;
  const source = opened.value;
  if (source.kind === "whole" || isFinal(source.row.state)) return readToEnd(source, after);
  // The host says nothing: a Durable Object is found by its name.
  const address = `https://pool/runs/${runId}/events?after=${after}`;
  const listening = await needs
    .pools(source.row.pool)
    .fetch(new Request(address, { headers: { Upgrade: "websocket" } }));
  return listening.webSocket === null ? silentPool(source.row) : success({ kind: "live", socket: listening.webSocket });
}

async function readToEnd(source: WholeEvents | PoolEvents, after: number): Promise<Result<FollowedEvents, Failure>> {
  const events: RunEvent[] = [];
  for (;;) {
    const page = await pageOfEvents(source, events.at(-1)?.id ?? after, eventsPerPage);
    if (!page.ok) return page;
    events.push(...page.value.events);
    if (page.value.ended || page.value.events.length === 0) return success({ kind: "whole", events });
  }
}
