import { type ChildProcess, spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import { findPython, type Python } from "./find-python.ts";
import { repositoryRoot } from "./repository-root.ts";
import { takeLock } from "./take-lock.ts";

const runnerFolder = join(repositoryRoot, "runner");
const environment = join(repositoryRoot, "build", "runner-venv");
const stampPath = join(environment, "callsheet-stamp.json");
const logFile = join(repositoryRoot, "build", "logs", "runner-venv.log");

/** What an environment was made of. Written last, so that half an environment has none. */
const stamp = z.object({ pyproject: z.string(), python: z.string(), extras: z.array(z.string()) });

export interface EnvironmentOptions {
  /** Of runner/pyproject.toml. */
  extras: string[];
  /** Called before packages are installed, which takes a minute and the network. */
  onInstall?: (python: Python) => void;
  signal?: AbortSignal;
}

/**
 * The Python of an environment in build/runner-venv that has the runner and the extras asked for. It is made when there is none, and
 * anew when runner/pyproject.toml or the Python on this machine changed. Only one process at a time makes it; others wait.
 */
export async function runnerEnvironment(options: EnvironmentOptions): Promise<string> {
  const program = join(environment, "bin", "python");
  const base = await findPython();
  if (hasAll(base, options.extras)) return program;
  mkdirSync(join(repositoryRoot, "build", "logs"), { recursive: true });
  const unlock = await waitForLock(options.signal);
  try {
    if (hasAll(base, options.extras)) return program;
    options.onInstall?.(base);
    // What others asked for stays: tests need more than `npm start`.
    const extras = [...new Set([...(readStamp()?.extras ?? []), ...options.extras])].sort();
    rmSync(environment, { recursive: true, force: true });
    closeSync(openSync(logFile, "w"));
    await run(base.path, ["-m", "venv", environment], options.signal);
    const pip = [
      "-m",
      "pip",
      "install",
      "--no-input",
      "--disable-pip-version-check",
      "--retries",
      "2",
      "--timeout",
      "15",
    ];
    await run(program, [...pip, "-e", `${runnerFolder}[${extras.join(",")}]`], options.signal);
    writeFileSync(stampPath, JSON.stringify({ pyproject: pyprojectDigest(), python: base.version, extras }));
    return program;
  } finally {
    unlock();
  }
}

function hasAll(base: Python, extras: string[]): boolean {
  const made = readStamp();
  if (made === null || made.pyproject !== pyprojectDigest() || made.python !== base.version) return false;
  return extras.every((extra) => made.extras.includes(extra));
}

function readStamp(): z.infer<typeof stamp> | null {
  if (!existsSync(stampPath)) return null;
  return stamp.safeParse(JSON.parse(readFileSync(stampPath, "utf8"))).data ?? null;
}

function pyprojectDigest(): string {
  return createHash("sha256")
    .update(readFileSync(join(runnerFolder, "pyproject.toml")))
    .digest("hex");
}

async function waitForLock(signal: AbortSignal | undefined): Promise<() => void> {
  const path = `${environment}.lock`;
  while (takeLock(path) !== null) await pause(500, undefined, signal === undefined ? {} : { signal });
  return () => rmSync(path, { force: true });
}

/** Runs a program with its output in the log; fails with why. */
function run(program: string, given: string[], signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const log = openSync(logFile, "a");
    const child: ChildProcess = spawn(program, given, {
      cwd: repositoryRoot,
      stdio: ["ignore", log, log],
      ...(signal === undefined ? {} : { signal }),
    });
    closeSync(log);
    child.once("error", reject);
    child.once("close", (code) => {
      if (code === 0) resolve();
      else reject(new Error(`its Python packages cannot be installed: ${reason()} (more in ${logFile})`));
    });
  });
}

/** Why a program failed, as its log tells. pip says first what went wrong and then, at length, what that means. */
function reason(): string {
  const text = readFileSync(logFile, "utf8");
  if (/connection broken by|Failed to establish a new connection/.test(text)) return "no package index can be reached";
  const lines = text.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  return lines.find((line) => line.startsWith("ERROR:")) ?? lines.at(-1) ?? "it ended without a word";
}
