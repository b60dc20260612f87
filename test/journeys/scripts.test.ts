import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { repositoryRoot } from "../../scripts/local/repository-root.ts";

/** Runs a script as `npm run` would, without an account and without colours. */
function run(...given: string[]) {
  const { CLOUDFLARE_API_TOKEN: _, ...inherited } = process.env;
  const env = { ...inherited, NO_COLOR: "1" };
  const { status, stdout, stderr } = spawnSync(process.execPath, given, { cwd: repositoryRoot, encoding: "utf8", env });
  return { status, stdout, stderr };
}

it("setup's dry run names what it would make for an environment, without an account", () => {
  const { status, stdout } = run("scripts/setup.ts", "--dry-run", "--env", "staging");
  expect(status).toBe(0);
  expect(stdout).toContain("wrangler d1 create callsheet-staging");
  expect(stdout).toContain("wrangler kv namespace create callsheet-staging-lookups");
  expect(stdout).toContain("wrangler r2 bucket create callsheet-blobs-staging");
  expect(stdout).toContain("wrangler queues create callsheet-staging-gpu-jobs\n");
  expect(stdout).toContain("wrangler queues create callsheet-staging-gpu-jobs-dead\n");
});

it("deploy's dry run bundles every binding of the environment, without an account", () => {
  const { status, stdout } = run("scripts/deploy.ts", "--dry-run", "--env", "production");
  expect(status).toBe(0);
  for (const binding of ["DB", "LOOKUPS", "BLOBS", "REGISTRAR", "HUB", "RUNNER_POOL", "GPU_JOBS", "ASSETS"]) {
    expect(stdout).toContain(`env.${binding}`);
  }
});

it("deploy refuses an environment that was never set up, and says what to run", () => {
  const { status, stderr } = run("scripts/deploy.ts", "--env", "staging");
  expect(status).toBe(1);
  expect(stderr).toContain("npm run setup -- --env staging");
});

it("an environment that wrangler.toml does not have is refused", () => {
  const { status, stderr } = run("scripts/setup.ts", "--dry-run", "--env", "nowhere");
  expect(status).not.toBe(0);
  expect(stderr).toContain("nowhere");
});

it("the packed CLI runs without the repository", () => {
  const folder = mkdtempSync(join(tmpdir(), "callsheet-pack-"));
  execFileSync("npm", ["pack", "--silent", "--pack-destination", folder], { cwd: repositoryRoot });
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz")) ?? "";
  execFileSync("tar", ["xzf", tarball], { cwd: folder });
  const cli = join(folder, "package", "bin", "callsheet.mjs");
  const { status, stdout } = run(cli, "validate", join(repositoryRoot, "templates", "text_embedding.yaml"));
  expect(stdout).toContain("0 errors");
  expect(status).toBe(0);
  // Its analyzer and its starters travel with it.
  const file = join(folder, "my_filter.py");
  expect(run(cli, "functions", "new", "--memory-type", "numpy", "--name", "my_filter", file).status).toBe(0);
  expect(run(cli, "functions", "check", file).stdout).toMatch(/^numpy\.my_filter\n[\s\S]*0 errors, 0 warnings\n$/);
});
