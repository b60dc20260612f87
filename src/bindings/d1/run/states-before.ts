import { type RunEventName, runEvents } from "../../../domain/run/run-state-machine.ts";

/** The states in which an event may happen, as SQL's IN takes them: the guards of D1 are the table of the rules. */
export function statesBefore(...events: RunEventName[]): string {
  const states = new Set(events.flatMap((event) => [...runEvents[event].from]));
  return `(${[...states].map((state) => `'${state}'`).join(", ")})`;
}
