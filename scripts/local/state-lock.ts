import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** Keeps two registries from writing one state folder. A lock whose process is gone is taken over. Answers how to release it. */
export function lockState(stateDir: string): () => void {
  const path = join(stateDir, "lock");
  const holder = existsSync(path) ? Number(readFileSync(path, "utf8")) : null;
  if (holder !== null && holder !== process.pid && isRunning(holder)) {
    throw new Error(
      `the state folder ${stateDir} is used by another registry (process ${holder}); stop it, or set STATE_DIR to another folder`,
    );
  }
  writeFileSync(path, String(process.pid));
  return () => rmSync(path, { force: true });
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
