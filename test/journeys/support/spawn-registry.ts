import { spawn } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { listProcesses } from "./list-processes.ts";

/** A registry that can be killed as a machine's failure would: Node and workerd at once, nothing closed. */
export interface KillableRegistry {
  url: string;
  adminToken: string;
  /** SIGKILL to all its processes; answers when they are gone. */
  kill(): Promise<void>;
}

export interface SpawnOptions {
  /** 0, the default: any that is free. */
  port?: number;
  vars?: Record<string, string>;
  /** How often cron runs; never when absent. */
  cronMs?: number;
}

const server = fileURLToPath(new URL("registry-server.ts", import.meta.url));
const startMs = 60_000;

/** Starts a registry in a process group of its own, on the state of those before it. */
export async function spawnRegistry(
  stateDir: string,
  scriptPath: string,
  options: SpawnOptions = {},
): Promise<KillableRegistry> {
  const child = spawn(process.execPath, [server, stateDir, scriptPath, JSON.stringify(options)], {
    detached: true,
    stdio: ["pipe", "pipe", "pipe"],
  });
  const { pid } = child;
  if (pid === undefined) throw new Error("the registry's process does not start");
  let text = "";
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding("utf8");
    stream.on("data", (piece: string) => {
      text += piece;
    });
  }
  const kill = () => killGroup(pid);
  const deadline = performance.now() + startMs;
  for (;;) {
    const [, url, adminToken] = /^ready (\S+) (\S+)$/m.exec(text) ?? [];
    if (url !== undefined && adminToken !== undefined) return { url, adminToken, kill };
    if (child.exitCode !== null || performance.now() > deadline) {
      await kill();
      throw new Error(`the registry did not start:\n${text}`);
    }
    await pause(10);
  }
}

/** Kills a process group and waits until none of it runs. */
async function killGroup(group: number): Promise<void> {
  try {
    process.kill(-group, "SIGKILL");
  } catch {
    // Nothing of it is left.
    return;
  }
  while (listProcesses().some((one) => one.group === group)) await pause(5);
}
