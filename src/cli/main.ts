import { CommanderError } from "commander";
import { CommandRefusal } from "./command-refusal.ts";
import { exitCodes } from "./exit-codes.ts";
import { buildProgram } from "./program.ts";
import { reportFailure } from "./report-failure.ts";
import { openTerminal } from "./terminal/open-terminal.ts";

// `callsheet list | head` closes stdout early: the reader has what it wanted, so this is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code === "EPIPE") process.exit(process.exitCode ?? exitCodes.ok);
    throw error;
  });
}

const isJson = process.argv.includes("--json");
try {
  await buildProgram().parseAsync(process.argv);
} catch (error) {
  if (!(error instanceof CommanderError)) {
    const terminal = openTerminal({ json: isJson, color: true, quiet: false }, process.env);
    process.exitCode = reportFailure(terminal, error);
  } else if (error.exitCode === 0) {
    process.exitCode = exitCodes.ok;
  } else {
    process.exitCode = exitCodes.usage;
    // commander has told people on stderr; programs read stdout.
    if (isJson) {
      const message = error.message.replace(/^error: /, "");
      const refusal = new CommandRefusal(message);
      const failure = { code: "USAGE", message, exit_code: refusal.exitCode, issues: [], request_id: null };
      process.stdout.write(`${JSON.stringify({ failure })}\n`);
    }
  }
}
