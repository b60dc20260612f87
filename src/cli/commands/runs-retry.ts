import type { Command } from "commander";
import { retryRun } from "../../contract/http/workflow-runs.ts";
import type { Run } from "../../contract/run/run.ts";
import type { StepState } from "../../contract/workflow/step-state.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findRun } from "../runs/find-run.ts";
import { readSteps } from "../runs/read-steps.ts";
import { seeThrough } from "../runs/see-through.ts";
import type { WatchFlags } from "../runs/watch-until-end.ts";
import { inSession, type Session } from "../session.ts";
import { shortId } from "../short-id.ts";
import { addWatchFlags } from "./run.ts";

interface Flags extends WatchFlags {
  from?: string;
  outputDir?: string;
}

/** `callsheet runs retry`. */
export function addRunsRetry(runs: Command): void {
  const command = runs
    .command("retry")
    .description("run a workflow again from the step that failed, or a given one, keeping what was done before it")
    .argument("<id>", "a run's id, or its unique beginning or end among the newest")
    .option("--from <step>", "begin at this step: its id, or its path as `callsheet runs steps` tells it")
    .option("-o, --output-dir <folder>", "save the files among the outputs here");
  addWatchFlags(command)
    .addHelpText("after", exampleText("runs retry 2a6b1c0d", "runs retry 2a6b1c0d --from build --watch"))
    .action((id: string, flags: Flags, self: Command) => inSession(self, (session) => retry(session, id, flags)));
}

async function retry(session: Session, id: string, flags: Flags): Promise<ExitCode> {
  const client = session.client();
  const run = await findRun(client, id);
  if (run.kind !== "workflow") {
    throw new CommandRefusal(
      `run ${shortId(run.id)} is of a ${run.kind}; \`callsheet runs replay\` runs it again. A retry goes on within a workflow`,
      exitCodes.conflict,
    );
  }
  const from = flags.from === undefined ? undefined : pathOf(await readSteps(client, run), run, flags.from);
  const begun = await client.call(retryRun, {
    params: { run_id: run.id },
    body: { from },
    headers: { "idempotency-key": crypto.randomUUID() },
    isIdempotent: true,
  });
  return seeThrough(session, begun, flags, flags.outputDir);
}

/** The path that an id means, where it means one; steps that were not reached are known to the registry alone. */
function pathOf(steps: readonly StepState[], run: Run, said: string): string {
  if (steps.some(({ path }) => path === said)) return said;
  const [only, ...others] = steps.filter(({ id, path }) => id === said && !path.includes("["));
  if (only === undefined) return said;
  if (others.length === 0) return only.path;
  const paths = [only, ...others].map(({ path }) => `\n  --from ${path}`);
  throw new CommandRefusal(`run ${shortId(run.id)} has ${paths.length} steps ${said}; say which${paths.join("")}`);
}
