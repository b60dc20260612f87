import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Keeps two registries from writing one state folder. A lock whose holder is gone is taken over. Answers how to release it. */
export function lockState(stateDir: string): () => void {
  const path = join(stateDir, "lock");
  if (!take(path)) {
    const holder = Number(readFileSync(path, "utf8"));
    if (isRegistry(holder)) {
      throw new Error(
        `the state folder ${stateDir} is used by another registry (process ${holder}); stop it, or set STATE_DIR to another folder`,
      );
    }
    rmSync(path, { force: true });
    if (!take(path)) throw new Error(`the state folder ${stateDir} was taken by another registry just now`);
  }
  return () => rmSync(path, { force: true });
}

/** Writes the lock unless there is one: of two that start together, one wins. */
function take(path: string): boolean {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "EEXIST") return false;
    throw error;
  }
}

/** Whether a process runs that may be a registry: after a restart of the machine, its number may be another program's. */
function isRegistry(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, "utf8").includes("node");
}
