import type { RunRow } from "../../bindings/d1/run/run-row.ts";
import type { RunEvent } from "../../contract/run/run-event.ts";
import { isFinal } from "../../contract/run/run-state.ts";

/** What is told of a call of an agent: that it goes, and how it ended. Nobody keeps it; its row says all of it. */
export function agentEvents(row: RunRow): RunEvent[] {
  const { state, attempt } = row;
  const begun: RunEvent = {
    id: 1,
    at: row.started_at ?? row.created_at,
    type: "state",
    state: "running",
    attempt: Math.max(attempt, 1),
    runner: row.runner?.name ?? null,
    failure: null,
    retry_at: null,
  };
  if (!isFinal(state)) return [begun];
  return [begun, { ...begun, id: 2, at: row.finished_at ?? row.state_since, state, attempt, failure: row.failure }];
}

/** A page of them. */
export function agentPage(row: RunRow, after: number, limit: number): { events: RunEvent[]; ended: boolean } {
  const rest = agentEvents(row).filter((event) => event.id > after);
  return { events: rest.slice(0, limit), ended: isFinal(row.state) && rest.length < limit };
}
