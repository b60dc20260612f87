// Plain JavaScript without dependencies: it runs before there are any, under whatever Node the machine has.
import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * Installs the locked dependencies when they are not. npm writes node_modules/.package-lock.json last; when that is older than the
 * lock file, the installation is not the locked one.
 */
export function install(root) {
  const installed = join(root, "node_modules", ".package-lock.json");
  const pinnedNode = join(root, "node_modules", ".bin", "node");
  const locked = statSync(join(root, "package-lock.json")).mtimeMs;
  if (existsSync(installed) && existsSync(pinnedNode) && statSync(installed).mtimeMs >= locked) return;
  console.log("installing dependencies (npm ci) …");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--loglevel=error"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status === 0) return;
  console.error("npm ci failed; see above. Node 20 or newer and npm are needed.");
  process.exit(1);
}
