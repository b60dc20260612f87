import { spawn } from "node:child_process";
import { join } from "node:path";
import { onTestFinished, vi } from "vitest";
import { repositoryRoot } from "../../../scripts/local/repository-root.ts";
import { listProcesses, type RunningProcess } from "./list-processes.ts";

/** A run of `npm start` (of the script behind it), in a process group of its own. */
export interface NpmStart {
  /** Its address, once it says that it is ready; fails when it ends before. */
  ready(): Promise<string>;
  /** All that it printed so far. */
  output(): string;
  /** How it ended. */
  exitCode: Promise<number | null>;
  /** To the script alone, as a process supervisor would. */
  send(signal: NodeJS.Signals): void;
  /** To all its processes at once. */
  sendToAll(signal: NodeJS.Signals): void;
  /** What still runs of it. */
  processes(): RunningProcess[];
}

/** Starts the registry as `npm start` does; what is left of it when the test ends is killed. */
export function startNpm(env: Record<string, string>): NpmStart {
  const child = spawn(process.execPath, [join(repositoryRoot, "scripts", "start.mjs")], {
    cwd: repositoryRoot,
    detached: true,
    stdio: ["ignore", "pipe", "pipe"],
    // A test that needs a runner says so: its environment takes a minute to make.
    env: { PATH: process.env.PATH, HOME: process.env.HOME, RUNNER: "off", ...env },
  });
  const group = child.pid ?? Number.NaN;
  let text = "";
  let isOver = false;
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (piece: string) => {
      text += piece;
    });
  }
  const exitCode = new Promise<number | null>((resolve) => {
    child.once("close", (code) => {
      isOver = true;
      resolve(code);
    });
  });
  const sendToAll = (signal: NodeJS.Signals) => {
    try {
      process.kill(-group, signal);
    } catch {
      // Nothing of it is left.
    }
  };
  onTestFinished(() => sendToAll("SIGKILL"));
  return {
    ready: () =>
      vi.waitUntil(
        () => {
          if (isOver) throw new Error(`npm start ended:\n${text}`);
          return /^ready (http:\/\/\S+)$/m.exec(text)?.[1] ?? false;
        },
        { timeout: 60_000, interval: 20 },
      ),
    output: () => text,
    exitCode,
    send: (signal) => child.kill(signal),
    sendToAll,
    processes: () => listProcesses().filter((one) => one.group === group),
  };
}
