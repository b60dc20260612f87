import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { repositoryRoot } from "../../../scripts/local/repository-root.ts";

/** Folders of one test file, gone after its last test. */
export interface FrozenBundle {
  /** A copy of the registry's Worker, with the others beside it, that `bundle-once.ts` made: another run that bundles anew meanwhile does not change it. */
  scriptPath: string;
  /** A folder for the state of one registry. */
  stateDir(name: string): string;
}

/** Copies the bundle for the tests of one file. */
export function frozenBundle(): FrozenBundle {
  const folder = mkdtempSync(join(tmpdir(), "callsheet-journey-"));
  for (const name of ["worker", "analyzer", "sandbox"]) {
    cpSync(join(repositoryRoot, "build", name), join(folder, name), { recursive: true });
  }
  const scriptPath = join(folder, "worker", "main.js");
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  return { scriptPath, stateDir: (name) => join(folder, name) };
}
