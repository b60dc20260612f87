import { CallFailure } from "../client/call-failure.ts";
import type { Issue } from "../contract/issue.ts";
import { CommandRefusal } from "./command-refusal.ts";
import { type ExitCode, exitCodeOf, exitCodes } from "./exit-codes.ts";
import { OciRefusal } from "./oci/oci-refusal.ts";
import type { Terminal } from "./terminal/open-terminal.ts";
import { plainText } from "./terminal/plain-text.ts";

/** A failure as `--json` prints it, under the key `failure`. */
export interface FailureReport {
  code: string;
  message: string;
  exit_code: ExitCode;
  issues: Issue[];
  request_id: string | null;
}

/** Says what went wrong on stderr, and under `--json` also on stdout; answers the exit status. */
export function reportFailure(terminal: Terminal, error: unknown): ExitCode {
  const report = describeFailure(error);
  terminal.warn(`${terminal.colors.red("error")}  ${report.message.split("\n").map(plainLine).join("\n")}`);
  for (const found of report.issues) {
    const place = found.path === "" ? "" : `${found.path}: `;
    const hint = found.suggestion === null ? "" : ` (${found.suggestion})`;
    terminal.warn(`  ${found.severity}  ${found.code}  ${plainText(place + found.message + hint)}`);
  }
  const hint = hintFor(report);
  if (hint !== null) terminal.note(hint);
  if (terminal.isJson) terminal.event({ failure: report }, () => "");
  if (process.env.CALLSHEET_DEBUG === "1" && error instanceof Error) terminal.warn(error.stack ?? "");
  return report.exit_code;
}

/** Its indentation stays: what is refused together is told below each other. */
function plainLine(line: string): string {
  return `${/^ */.exec(line)?.[0] ?? ""}${plainText(line)}`;
}

/** What an error means to the CLI's caller. */
export function describeFailure(error: unknown): FailureReport {
  const bare = { message: error instanceof Error ? error.message : String(error), issues: [], request_id: null };
  if (error instanceof CommandRefusal) {
    return { ...bare, code: error.exitCode === exitCodes.usage ? "USAGE" : "REFUSED", exit_code: error.exitCode };
  }
  if (error instanceof OciRefusal) {
    const { code, exitCode: exit_code, issues } = error;
    return { ...bare, code, exit_code, issues: [...issues] };
  }
  if (!(error instanceof CallFailure)) return { ...bare, code: "INTERNAL", exit_code: exitCodes.internal };
  switch (error.reason.kind) {
    case "refused": {
      const { code, issues, request_id } = error.reason.problem;
      return { code, message: error.message, exit_code: exitCodeOf[code], issues, request_id };
    }
    case "malformed":
      return { ...bare, code: "USAGE", exit_code: exitCodes.usage };
    case "unreachable":
      return { ...bare, code: "UNREACHABLE", exit_code: exitCodes.unavailable };
    case "timed_out":
      return { ...bare, code: "TIMED_OUT", exit_code: exitCodes.unavailable };
    case "unreadable":
      return { ...bare, code: "UNREADABLE", exit_code: exitCodes.unavailable };
  }
}

function hintFor(report: FailureReport): string | null {
  if (report.code === "UNAUTHENTICATED") {
    return "hint: `callsheet login` keeps a token; or set CALLSHEET_TOKEN, or token_file in callsheet.yaml; a local registry keeps its own in .callsheet/registry.json";
  }
  if (report.exit_code === exitCodes.internal && process.env.CALLSHEET_DEBUG !== "1") {
    return `hint: CALLSHEET_DEBUG=1 shows where${report.request_id === null ? "" : `; the request was ${report.request_id}`}`;
  }
  return null;
}
