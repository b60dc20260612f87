import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { repositoryRoot } from "../local/repository-root.ts";

/** Runs wrangler and answers what it printed; throws with its complaint when it fails. `input` goes to its standard input. */
export function runWrangler(given: readonly string[], input?: string): string {
  const wrangler = join(repositoryRoot, "node_modules", "wrangler", "bin", "wrangler.js");
  const { status, stdout, stderr } = spawnSync(process.execPath, [wrangler, ...given], {
    cwd: repositoryRoot,
    encoding: "utf8",
    ...(input === undefined ? {} : { input }),
    env: { ...process.env, WRANGLER_SEND_METRICS: "false" },
  });
  if (status !== 0) throw new Error(`wrangler ${given.join(" ")} failed:\n${stdout}${stderr}`);
  return stdout;
}
