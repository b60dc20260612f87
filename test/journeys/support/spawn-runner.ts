import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { repositoryRoot } from "../../../scripts/local/repository-root.ts";
import { listProcesses } from "./list-processes.ts";

/** A real runner process. */
export interface KillableRunner {
  /** All that it printed so far. */
  output(): string;
  /** SIGKILL to all its processes; answers when they are gone. */
  kill(): Promise<void>;
  /** SIGTERM to the runner alone: it drains. Answers its exit code. */
  terminate(): Promise<number | null>;
}

export interface RunnerOptions {
  url: string;
  token: string;
  name: string;
  workDir: string;
  pool?: string;
  slots?: number;
  handlers?: Record<string, string>;
  flags?: readonly string[];
  /** Where it looks for programs; as the tests do, when absent. */
  path?: string;
}

/** Starts a runner in a process group of its own. */
export function spawnRunner(command: string, options: RunnerOptions): KillableRunner {
  const { url, token, name, workDir, pool = "default", slots = 2, handlers = {}, flags = [], path } = options;
  const child = spawn(
    command,
    [
      "run",
      ...["--url", url, "--pool", pool, "--name", name, "--slots", String(slots), "--work-dir", workDir],
      ...Object.entries(handlers).flatMap(([handler, target]) => ["--handler", `${handler}=${target}`]),
      ...flags,
    ],
    {
      cwd: repositoryRoot,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { PATH: path ?? process.env.PATH, HOME: process.env.HOME, CALLSHEET_RUNNER_TOKEN: token },
    },
  );
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (piece: string) => {
      text += piece;
    });
  }
  const exited = new Promise<number | null>((resolve) => child.once("exit", (code) => resolve(code)));
  return {
    output: () => text,
    async kill() {
      const { pid } = child;
      if (pid === undefined) return;
      try {
        process.kill(-pid, "SIGKILL");
      } catch {
        // Nothing of it is left.
      }
      while (listProcesses().some((one) => one.group === pid)) await pause(5);
    },
    terminate() {
      child.kill("SIGTERM");
      return exited;
    },
  };
}
