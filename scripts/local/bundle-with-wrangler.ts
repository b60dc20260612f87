import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { repositoryRoot } from "./repository-root.ts";

/**
 * Bundles a Worker exactly as a deployment would (`wrangler deploy --dry-run`): what runs on one machine is what runs at the edge.
 * `config`: its wrangler.toml, from the root; `folder`: of build/. Answers the folder's path. Others may read that folder meanwhile: each file
 * is replaced at once and whole, the entry module last.
 */
export async function bundleWithWrangler(config: string, folder: string): Promise<string> {
  const outDirectory = join(repositoryRoot, "build", folder);
  mkdirSync(outDirectory, { recursive: true });
  const beside = mkdtempSync(`${outDirectory}-`);
  // wrangler refuses a configured assets directory that does not exist.
  mkdirSync(join(repositoryRoot, "build", "assets"), { recursive: true });
  const wrangler = join(repositoryRoot, "node_modules", "wrangler", "bin", "wrangler.js");
  const given = ["deploy", "--dry-run", "--config", config, "--env=", "--outdir", beside];
  try {
    await promisify(execFile)(process.execPath, [wrangler, ...given], {
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
    rmSync(beside, { recursive: true, force: true });
    throw new Error(`the Worker of ${config} cannot be bundled:\n${told}`);
  }
  const files = readdirSync(beside).sort((a, b) => Number(a === "main.js") - Number(b === "main.js"));
  for (const file of files) renameSync(join(beside, file), join(outDirectory, file));
  rmSync(beside, { recursive: true, force: true });
  return outDirectory;
}
