import { afterAll, beforeAll } from "vitest";
import { z } from "zod";
import { type Run, run as runSchema } from "../../../src/contract/run/run.ts";
import { temporaryFolder } from "../../cli/temporary-folder.ts";
import { type CliRegistry, cliRegistry } from "../cli-registry.ts";
import { type NodeRunner, startNodeRunner } from "./a-node-runner.ts";
import { publish } from "./registry-calls.ts";
import { doJob, handlers, runTemplates } from "./run-templates.ts";

const answer = z.object({ run: runSchema });

/** A registry with the templates of these tests, and a runner that does them. */
export interface RunsRegistry extends CliRegistry {
  /** Runs a template and answers the run, ended or not, as `--json` tells it. */
  ran(args: readonly string[], cwd?: string, exitCode?: number): Promise<Run>;
}

/** Starts them before the tests of a file and stops them after. */
export function runsRegistry(): RunsRegistry {
  const registry = cliRegistry();
  let runner: NodeRunner | undefined;
  beforeAll(async () => {
    const url = registry.url();
    const adminToken = registry.env().CALLSHEET_TOKEN ?? "";
    for (const source of runTemplates.split("---\n")) await publish({ url, adminToken }, source);
    runner = await startNodeRunner({ url, token: adminToken, capabilities: { handlers, slots: 8 }, work: doJob });
  }, 60_000);
  afterAll(() => runner?.stop());
  return {
    ...registry,
    ran: async (args, cwd = temporaryFolder(), exitCode = 0) =>
      answer.parse(await registry.json(["run", ...args], cwd, exitCode)).run,
  };
}

/** The only output of a run that succeeded. */
export function outputOf(run: Run): { entity: string; outputs: Record<string, unknown> } {
  const output = run.state === "succeeded" ? run.outputs[0] : undefined;
  if (output === undefined || output.outputs === null) throw new Error(`the run is ${run.state} and has no output`);
  return { entity: output.entity, outputs: output.outputs };
}
