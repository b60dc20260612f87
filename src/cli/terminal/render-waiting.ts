import type { Waiting } from "../../contract/run/waiting.ts";
import type { Terminal } from "./open-terminal.ts";
import { count, plainText } from "./plain-text.ts";
import { renderFailure } from "./render-failure.ts";
import { table } from "./table.ts";

/** Why a run has no runner yet, in full. */
export function renderWaiting(terminal: Terminal, waiting: Waiting, pool: string): string {
  const lines = [plainText(waiting.message)];
  switch (waiting.why) {
    case "not_offered":
      break;
    case "no_capable_runner":
      lines.push(`${count(waiting.runners, "runner")} connected to pool ${pool}`);
      if (waiting.unmet.length > 0) {
        const rows = waiting.unmet.map(({ requirement, asked, found }) => [requirement, asked, found ?? "none"]);
        lines.push("", table(terminal, ["REQUIREMENT", "ASKED", "NEAREST FOUND"], rows));
      }
      break;
    case "busy":
      lines.push(`place ${waiting.position} in pool ${pool}; ${count(waiting.capable_runners, "runner")} could do it`);
      break;
    case "backoff":
      lines.push(`not before ${waiting.until}, because of this:`, renderFailure(waiting.failure, terminal.colors));
      break;
    case "circuit_open":
      lines.push(
        `handler ${plainText(waiting.handler)} failed ${count(waiting.failures, "time")} in a row; it is tried again at ${waiting.until}`,
      );
      break;
  }
  return lines.join("\n");
}
