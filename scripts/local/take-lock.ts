import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

/** Takes a lock file for this process. A lock whose holder is gone is taken over. Answers the holder's process id, or null: taken. */
export function takeLock(path: string): number | null {
  while (!take(path)) {
    const holder = readHolder(path);
    if (holder === null) continue;
    if (isOurs(holder)) return holder;
    rmSync(path, { force: true });
  }
  return null;
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

/** Null when the lock was given back since. */
function readHolder(path: string): number | null {
  try {
    return Number(readFileSync(path, "utf8"));
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** Whether a process runs that may be one of ours: after a restart of the machine, its number may be another program's. */
function isOurs(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  const commandLine = `/proc/${pid}/cmdline`;
  return !existsSync(commandLine) || readFileSync(commandLine, "utf8").includes("node");
}
