import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "./repository-root.ts";

/**
 * Bundles the Worker exactly as a deployment would (`wrangler deploy --dry-run`) and answers the path of the bundle: what runs on
 * one machine is what runs at the edge.
 */
export async function bundleWorker(): Promise<string> {
  const outDirectory = join(repositoryRoot, "build", "worker");
  // wrangler refuses a configured assets directory that does not exist.
  mkdirSync(join(repositoryRoot, "build", "assets"), { recursive: true });
  const wrangler = join(repositoryRoot, "node_modules", "wrangler", "bin", "wrangler.js");
  try {
    await promisify(execFile)(process.execPath, [wrangler, "deploy", "--dry-run", "--env=", "--outdir", outDirectory], {
      cwd: repositoryRoot,
      env: {
        ...process.env,
        WRANGLER_SEND_METRICS: "false",
        WRANGLER_LOG_PATH: join(repositoryRoot, "build", "logs"),
        CI: "true",
      },
    });
  } catch (error) {
    const told = error instanceof Error && "stderr" in error ? String(error.stderr) : String(error);
    throw new Error(`the Worker cannot be bundled:\n${told}`);
  }
  return join(outDirectory, "main.js");
}
