import type { RunFailure } from "../../contract/run/run-failure.ts";
import type { Colors } from "./open-terminal.ts";
import { logText, plainText } from "./plain-text.ts";
import { runFailureAdvice } from "./run-failure-advice.ts";

const mostDetailLines = 20;

/**
 * Why a run failed: what, where, the last lines of its traceback, what to do. `advice` is what to do where the code alone does not tell it.
 */
export function renderFailure(
  failure: RunFailure,
  colors: Colors,
  advice: string = runFailureAdvice[failure.code],
): string {
  const { code, message, detail, attempt, runner } = failure;
  const where = runner === null ? "" : ` on ${plainText(runner)}`;
  const lines = [
    `${colors.red(code)} (${failure.class}) in attempt ${attempt}${where}`,
    ...message.split("\n").map((line) => `  ${logText(line)}`),
  ];
  if (detail !== null && detail.trim() !== "") {
    const all = detail.trimEnd().split("\n");
    if (all.length > mostDetailLines) lines.push(colors.dim("  …"));
    lines.push(...all.slice(-mostDetailLines).map((line) => colors.dim(`  ${logText(line)}`)));
  }
  lines.push(`  ${colors.cyan(advice)}`);
  return lines.join("\n");
}
