import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";

/** Why a process of the sandbox is no more. */
export type ProcessDeath = "cpu_limit" | "wall_timeout" | "out_of_memory" | "crashed";

/** A workerd of its own with the sandbox Worker in it. */
export interface EdgeProcess {
  url: string;
  /** Resolves when the process is gone. */
  ended: Promise<ProcessDeath>;
  kill(why: ProcessDeath): void;
  /** Of the process, in MB; null where /proc is not. */
  memoryMb(): number | null;
  /** CPU time that the process has used, in ms; null where /proc is not. */
  cpuMs(): number | null;
}

/*
 * The shell becomes workerd; before, it leaves behind a process that waits for the end of a pipe whose other end is ours. When we are gone, killed
 * or not, so is the pipe, and that process kills workerd. A line on the pipe says that there is nothing to kill any more.
 */
const untilParentEnds = '(exec 3>&- >/dev/null 2>&1; read -r line <&4 || kill -9 $$) & exec "$@" 4<&-';

const startMs = 30_000;
/** What is kept of the process's last words. */
const wordsLength = 10_000;

/** Starts one. `folder`: of the sandbox's bundle. */
export async function startEdgeProcess(folder: string, isolation: string): Promise<EdgeProcess> {
  const config = join(folder, "workerd.capnp");
  const command = [workerdPath(), "serve", "--experimental", "--control-fd=3", config];
  const child = spawn("/bin/sh", ["-c", untilParentEnds, "sh", ...command], {
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    // Nothing of ours: what runs there is nobody's friend.
    env: { TZ: "UTC", EDGE_ISOLATION: isolation },
  });
  const words = lastWordsOf(child.stderr);
  let killedFor: ProcessDeath | null = null;
  const kill = (why: ProcessDeath) => {
    killedFor ??= why;
    child.kill("SIGKILL");
  };
  const ended = new Promise<ProcessDeath>((resolve) => {
    child.once("exit", () => {
      endLifeline(child);
      resolve(killedFor ?? (/out of memory/i.test(words()) ? "out_of_memory" : "crashed"));
    });
  });
  const port = await portOf(child, ended, words);
  const pid = child.pid ?? 0;
  return {
    url: `http://127.0.0.1:${port}`,
    ended,
    kill,
    memoryMb: () => statOf(pid, "statm", (text) => (Number(text.split(" ")[1]) * pageBytes) / 2 ** 20),
    cpuMs: () => statOf(pid, "stat", cpuMsOf),
  };
}

function workerdPath(): string {
  // The very one that Miniflare runs.
  const workerd: unknown = createRequire(createRequire(import.meta.url).resolve("miniflare"))("workerd");
  const path = typeof workerd === "object" && workerd !== null && "default" in workerd ? workerd.default : undefined;
  if (typeof path !== "string") throw new Error("the package workerd does not tell where its program is");
  return path;
}

async function portOf(child: ChildProcess, ended: Promise<unknown>, words: () => string): Promise<number> {
  const control = child.stdio[3];
  if (!(control instanceof Readable)) throw new Error("workerd has no control pipe");
  const told = once(control, "data", { signal: AbortSignal.timeout(startMs) });
  const first = await Promise.race([told, ended]);
  const { port } = Array.isArray(first) ? JSON.parse(String(first[0])) : {};
  if (typeof port === "number") return port;
  child.kill("SIGKILL");
  throw new Error(`the sandbox's process did not start:\n${words()}`);
}

/** Its watcher has nothing to kill any more. */
function endLifeline(child: ChildProcess): void {
  const lifeline = child.stdio[4];
  if (!(lifeline instanceof Writable)) return;
  lifeline.on("error", () => {});
  lifeline.end("over\n");
}

function lastWordsOf(stream: Readable | null): () => string {
  let text = "";
  stream?.setEncoding("utf8").on("data", (piece: string) => {
    text = (text + piece).slice(-wordsLength);
  });
  return () => text;
}

const pageBytes = 4096;
const ticksPerSecond = 100;

function statOf(pid: number, file: string, read: (text: string) => number): number | null {
  try {
    return read(readFileSync(`/proc/${pid}/${file}`, "utf8"));
  } catch {
    return null;
  }
}

/** utime and stime, the 14th and 15th field; the second is a name in parentheses. */
function cpuMsOf(text: string): number {
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return ((Number(fields[11]) + Number(fields[12])) * 1000) / ticksPerSecond;
}
