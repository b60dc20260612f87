import { type ChildProcessWithoutNullStreams, spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { z } from "zod";
import { repositoryRoot } from "./repository-root.ts";

/** One line of the runner's log (`--log json`); other keys depend on the event. */
const logLine = z.looseObject({ event: z.string(), message: z.string() });

/** What the runner says of itself when it is connected. */
const connected = z.object({
  event: z.literal("connected"),
  name: z.string(),
  slots: z.int(),
  handlers: z.array(z.string()),
  sandbox: z.string(),
});
export type Connected = z.infer<typeof connected>;

export interface RunnerProcess {
  /** How it ended, and the last thing that it said. */
  ended: Promise<{ code: number | null; lastWords: string }>;
  /** Asks it to go; kills it when it does not. */
  stop(): Promise<void>;
}

export interface RunnerProcessOptions {
  python: string;
  url: string;
  token: string;
  workDir: string;
  logFile: string;
  onConnected: (runner: Connected) => void;
}

/** What jobs under way have to end. */
const graceSeconds = 5;
const killMs = 15_000;

/** Starts the runner of this machine. */
export function startRunnerProcess(options: RunnerProcessOptions): RunnerProcess {
  // The admin's token is no matter of a runner.
  const { CALLSHEET_ADMIN_TOKEN: _, ...inherited } = process.env;
  const child = spawn(
    options.python,
    [
      join(repositoryRoot, "scripts", "local", "local_runner.py"),
      ...["run", "--url", options.url, "--name", "local", "--slots", "2", "--log", "json"],
      ...["--work-dir", options.workDir, "--grace", String(graceSeconds)],
    ],
    { env: { ...inherited, CALLSHEET_RUNNER_TOKEN: options.token } },
  );
  let lastWords = "";
  const hear = (line: string) => {
    appendFileSync(options.logFile, `${line}\n`);
    const said = logLine.safeParse(readJson(line)).data;
    lastWords = said?.message ?? (line.trim() === "" ? lastWords : line);
    const ready = connected.safeParse(said);
    if (ready.success) options.onConnected(ready.data);
  };
  createInterface({ input: child.stdout }).on("line", hear);
  createInterface({ input: child.stderr }).on("line", hear);
  // It may be gone before its stdin is.
  child.stdin.on("error", () => {});
  const ended = new Promise<{ code: number | null; lastWords: string }>((resolve) => {
    child.once("error", (error) => resolve({ code: null, lastWords: error.message }));
    child.once("close", (code) => resolve({ code, lastWords }));
  });
  return { ended, stop: () => stop(child, ended) };
}

async function stop(child: ChildProcessWithoutNullStreams, ended: Promise<unknown>): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), killMs);
  await ended;
  clearTimeout(timer);
}

/** Null for a line that is none of the log's: a traceback, say. */
function readJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
