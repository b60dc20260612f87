import type { RunState } from "../../contract/run/run-state.ts";
import type { Colors } from "./open-terminal.ts";

const stateColor = {
  queued: "yellow",
  leased: "cyan",
  running: "cyan",
  succeeded: "green",
  failed: "red",
  cancelled: "magenta",
} as const satisfies Record<RunState, keyof Colors>;

/** A run's state in its colour; what is no state stays as it is. */
export function paintRunState(text: string, colors: Colors): string {
  for (const [state, color] of Object.entries(stateColor)) if (text === state) return colors[color](text);
  return text;
}
