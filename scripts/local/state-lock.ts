import { rmSync } from "node:fs";
import { join } from "node:path";
import { takeLock } from "./take-lock.ts";

/** Keeps two registries from writing one state folder. Answers how to release it. */
export function lockState(stateDir: string): () => void {
  const path = join(stateDir, "lock");
  const holder = takeLock(path);
  if (holder !== null) {
    throw new Error(
      `the state folder ${stateDir} is used by another registry (process ${holder}); stop it, or set STATE_DIR to another folder`,
    );
  }
  return () => rmSync(path, { force: true });
}
