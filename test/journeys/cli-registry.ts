import { afterAll, beforeAll } from "vitest";
import { startRegistry } from "../../scripts/local-registry.ts";
import { type CliRun, runCli } from "../cli/run-cli.ts";
import { frozenBundle } from "./support/frozen-bundle.ts";

/** A registry for the tests of one file, and the CLI talking to it. */
export interface CliRegistry {
  url(): string;
  env(): Record<string, string>;
  /** Runs the CLI against the registry. */
  cli(args: readonly string[], cwd: string): Promise<CliRun>;
  /** The same with `--json`; fails unless it exits with `exitCode`. */
  json(args: readonly string[], cwd: string, exitCode?: number): Promise<unknown>;
}

/** Starts a registry before the tests of a file and stops it after them. */
export function cliRegistry(): CliRegistry {
  const { scriptPath, stateDir } = frozenBundle();
  let registry: Awaited<ReturnType<typeof startRegistry>> | undefined;
  beforeAll(async () => {
    registry = await startRegistry({ scriptPath, stateDir: stateDir("state"), port: 0 });
  }, 60_000);
  afterAll(() => registry?.stop());
  const env = () => ({ CALLSHEET_URL: registry?.url ?? "", CALLSHEET_TOKEN: registry?.adminToken ?? "" });
  return {
    url: () => registry?.url ?? "",
    env,
    cli: (args, cwd) => runCli(args, { cwd, env: env() }),
    async json(args, cwd, exitCode = 0) {
      const run = await runCli([...args, "--json"], { cwd, env: env() });
      if (run.exitCode !== exitCode)
        throw new Error(`${args.join(" ")} ended with ${run.exitCode}: ${run.stderr}${run.stdout}`);
      return JSON.parse(run.stdout);
    },
  };
}

/** A template's source; `more` goes under `template:`. */
export function templateSource(id: string, version: string, more = ""): string {
  return `# the author's comment
template:
  id: ${id}
  version: ${version}
  name: Test ${id}
  description: Made for a test.
  category: test
  interface:
    inputs:
      prompt: { type: string, required: true, max_length: 100 }
    outputs:
      result: { type: string }
  requirements:
    resources: {}
${more}`;
}
