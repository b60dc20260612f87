import { loadRunRow, type RunRow } from "../../bindings/d1/run/run-row.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { agentEvents } from "./agent-events.ts";

const gapMs = 1000;

/** Events of a call of an agent after `after`, until it ends: nobody but D1 knows of it, so D1 is asked as long as somebody listens. */
export function followAgentRun(db: D1Database, row: RunRow, after: number): WebSocket {
  const { 0: theirs, 1: ours } = new WebSocketPair();
  ours.accept();
  let isOpen = true;
  const leave = () => {
    isOpen = false;
  };
  ours.addEventListener("close", leave);
  ours.addEventListener("error", leave);
  const follow = async () => {
    let now = row;
    let last = after;
    while (isOpen) {
      for (const event of agentEvents(now)) {
        if (event.id > last) ours.send(JSON.stringify(event));
        last = Math.max(last, event.id);
      }
      if (isFinal(now.state)) break;
      await new Promise((resolve) => setTimeout(resolve, gapMs));
      now = (await loadRunRow(db, row.id)) ?? now;
    }
    if (isOpen) ours.close(1000, "the run ended");
  };
  follow().catch((error: unknown) => {
    console.warn(JSON.stringify({ level: "warn", follow_agent_run: row.id, error: String(error) }));
    ours.close(1011, "the run cannot be read now");
  });
  return theirs;
}
