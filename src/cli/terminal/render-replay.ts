import type { Replay } from "../../contract/run/run.ts";
import { shortId } from "../short-id.ts";
import type { Terminal } from "./open-terminal.ts";
import { count } from "./plain-text.ts";
import { showValue } from "./show-value.ts";
import { table } from "./table.ts";

/** Whether a replay gave what its original gave, and where it did not. */
export function renderReplay(terminal: Terminal, replay: Replay): string {
  const { colors } = terminal;
  const of = `run ${shortId(replay.of)}`;
  if (replay.outputs_equal === null) return `not compared with ${of}: both must have succeeded`;
  if (replay.outputs_equal) return `${colors.green("equal")}  the outputs are those of ${of}`;
  const rows = replay.differences.map(({ path, original, replayed }) => [
    path === "" ? "(all)" : path,
    showValue(original, 60),
    showValue(replayed, 60),
  ]);
  const title = `${colors.red("different")}  the outputs differ from those of ${of} in ${count(rows.length, "place")}`;
  return rows.length === 0
    ? `${colors.red("different")}  the outputs differ from those of ${of}`
    : `${title}\n${table(terminal, ["WHERE", "ORIGINAL", "REPLAYED"], rows)}`;
}
