import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import type { Python } from "./find-python.ts";
import { runnerEnvironment } from "./runner-environment.ts";
import { type Connected, type RunnerProcess, startRunnerProcess } from "./runner-process.ts";

export interface LocalRunnerOptions {
  url: string;
  token: string;
  stateDir: string;
}

/** After the first end of a runner, and at most. */
const firstPauseMs = 1000;
const longestPauseMs = 30_000;

/**
 * Gives a registry on this machine a runner, in the background: makes its Python environment when there is none, starts it, and starts
 * it again when it ends. What stands in the way is told in one line, and the registry goes on without. Answers how to stop it.
 */
export function startRunner(options: LocalRunnerOptions): () => Promise<void> {
  const stopping = new AbortController();
  const done = keepRunner(options, stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted)
      tell(`none: ${error instanceof Error ? error.message : error}; the registry goes on without`);
  });
  return async () => {
    stopping.abort();
    await done;
  };
}

async function keepRunner(options: LocalRunnerOptions, signal: AbortSignal): Promise<void> {
  const onInstall = (python: Python) =>
    tell(`is being installed into build/runner-venv (Python ${python.version}; a minute, once)`);
  const python = await runnerEnvironment({ extras: ["images"], onInstall, signal });
  const logFile = join(options.stateDir, "runner.log");
  writeFileSync(logFile, "");
  let pauseMs = firstPauseMs;
  while (!signal.aborted) {
    const runner = startRunnerProcess({
      ...options,
      python,
      logFile,
      workDir: join(options.stateDir, "runner"),
      onConnected: (connected) => {
        pauseMs = firstPauseMs;
        tellConnected(connected);
      },
    });
    const { code, lastWords } = await endOf(runner, signal);
    if (signal.aborted) return;
    tell(`ended (${code ?? "killed"}): ${lastWords}; it starts again in ${pauseMs / 1000} s (log: ${logFile})`);
    await pause(pauseMs, undefined, { signal });
    pauseMs = Math.min(pauseMs * 2, longestPauseMs);
  }
}

/** Waits for the runner's end, and brings it about when the registry stops. */
async function endOf(runner: RunnerProcess, signal: AbortSignal): Promise<{ code: number | null; lastWords: string }> {
  const stop = () => void runner.stop();
  if (signal.aborted) stop();
  signal.addEventListener("abort", stop, { once: true });
  const end = await runner.ended;
  signal.removeEventListener("abort", stop);
  return end;
}

function tellConnected(runner: Connected): void {
  const handlers = runner.handlers.length === 0 ? "no handlers" : runner.handlers.join(", ");
  tell(`${runner.name}: ${runner.slots} slots, ${handlers}, sandbox ${runner.sandbox}`);
  console.log("runner ready");
}

function tell(what: string): void {
  console.log(`runner     ${what}`);
}
