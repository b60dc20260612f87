import type { Command } from "commander";
import { cancelRun, replayRun } from "../../contract/http/runs.ts";
import type { Run } from "../../contract/run/run.ts";
import { exampleText } from "../example-text.ts";
import { type ExitCode, exitCodes, worstExitCode } from "../exit-codes.ts";
import { reportFailure } from "../report-failure.ts";
import { findRun, findRunId } from "../runs/find-run.ts";
import { gather, readLabels } from "../runs/label-flags.ts";
import { readSteps } from "../runs/read-steps.ts";
import { seeThrough } from "../runs/see-through.ts";
import { isSettled } from "../runs/step-states.ts";
import type { WatchFlags } from "../runs/watch-until-end.ts";
import { inSession, type Session } from "../session.ts";
import { paintRunState } from "../terminal/paint-run-state.ts";
import { plainText } from "../terminal/plain-text.ts";
import { renderRun } from "../terminal/render-run.ts";
import { skillText } from "../terminal/workflow/step-look.ts";
import { addWatchFlags } from "./run.ts";
import { addRunsApprove } from "./runs-approve.ts";
import { addRunsList } from "./runs-list.ts";
import { addRunsEvents, addRunsLogs } from "./runs-log.ts";
import { addRunsRetry } from "./runs-retry.ts";
import { addRunsSteps } from "./runs-steps.ts";

/** `callsheet runs list | show | steps | watch | approve | cancel | retry | replay | logs | events`. */
export function addRunsCommand(program: Command): void {
  const runs = program
    .command("runs")
    .description("runs: list them, look at one, watch, answer, cancel, retry or replay it")
    .addHelpText("after", exampleText("runs", "runs show 2a6b1c0d", "runs cancel 2a6b1c0d --reason typo"));
  addRunsList(runs);
  addShow(runs);
  addRunsSteps(runs);
  addWatch(runs);
  addRunsApprove(runs);
  addCancel(runs);
  addRunsRetry(runs);
  addReplay(runs);
  addRunsLogs(runs);
  addRunsEvents(runs);
}

const idArgument = ["<id>", "a run's id, or its unique beginning or end among the newest"] as const;

function addShow(runs: Command): void {
  runs
    .command("show")
    .description("everything about a run: state, progress, attempts or steps, outputs, why it waits")
    .argument(...idArgument)
    .addHelpText("after", exampleText("runs show 2a6b1c0d"))
    .action((id: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const run = await findRun(client(), id);
        const steps = terminal.isJson ? [] : await readSteps(client(), run);
        terminal.answer(run, () => renderRun(terminal, run, Date.now(), steps));
        return undefined;
      }),
    );
}

function addWatch(runs: Command): void {
  runs
    .command("watch")
    .description("watch a run to its end and tell what came of it, as `callsheet run` does")
    .argument(...idArgument)
    .option("-o, --output-dir <folder>", "save the files among the outputs here")
    .option("--logs", "show what its handler prints")
    .addHelpText("after", exampleText("runs watch 2a6b1c0d --logs"))
    .action((id: string, flags: { outputDir?: string; logs?: boolean }, command: Command) =>
      inSession(command, async (session) => {
        const run = await findRun(session.client(), id);
        return seeThrough(session, run, { watch: true, logs: flags.logs === true }, flags.outputDir);
      }),
    );
}

function addCancel(runs: Command): void {
  runs
    .command("cancel")
    .description("cancel runs; each is final at once, and what does its work is told to stop")
    .argument("<id...>", idArgument[1])
    .option("--reason <text>", "why, for the record")
    .addHelpText("after", exampleText('runs cancel 2a6b1c0d --reason "wrong prompt"'))
    .action((ids: string[], flags: { reason?: string }, command: Command) =>
      inSession(command, (session) => cancelAll(session, ids, flags.reason)),
    );
}

/** Each by itself: one that has ended does not keep the others from being cancelled. */
async function cancelAll(session: Session, ids: readonly string[], reason: string | undefined): Promise<ExitCode> {
  const { terminal } = session;
  const client = session.client();
  const codes: ExitCode[] = [];
  for (const text of ids) {
    try {
      const run_id = await findRunId(client, text);
      const run = await client.call(cancelRun, { params: { run_id }, body: { reason }, isIdempotent: true });
      terminal.event(run, () => {
        const told = `${paintRunState(run.state, terminal.colors)}  ${run.name} ${run.version}  ${run.id}`;
        const stopped = stoppedSteps(run).map((path) => `\n  stopped  ${plainText(path)}`);
        return told + stopped.join("");
      });
      codes.push(exitCodes.ok);
    } catch (error) {
      codes.push(reportFailure(terminal, error));
    }
  }
  return worstExitCode(codes);
}

const mostStopped = 20;

/** The steps that a workflow's run was at: they stop with it, those that are not told as cancelled yet in a moment. */
function stoppedSteps({ steps, state }: Run): string[] {
  if (state !== "cancelled") return [];
  const open = (steps ?? []).filter((step) => step.state === "cancelled" || !isSettled(step.state));
  const paths = open.map(({ path, skill }) => (skill === null ? path : `${path}  ${skillText({ skill })}`));
  const more = paths.length - mostStopped;
  return more > 0 ? [...paths.slice(0, mostStopped), `and ${more} more`] : paths;
}

interface ReplayFlags extends WatchFlags {
  outputDir?: string;
  pool?: string;
  label?: string[];
}

function addReplay(runs: Command): void {
  const command = runs
    .command("replay")
    .description("run the same digest on the same inputs again, and say whether the outputs are equal")
    .argument(...idArgument)
    .option("-o, --output-dir <folder>", "save the files among the outputs here")
    .option("--pool <pool>", "another pool than the original's")
    .option("--label <key=value>", "a label on the new run", gather);
  addWatchFlags(command)
    .addHelpText("after", exampleText("runs replay 2a6b1c0d"))
    .action((id: string, flags: ReplayFlags, self: Command) =>
      inSession(self, (session) => replay(session, id, flags)),
    );
}

async function replay(session: Session, id: string, flags: ReplayFlags): Promise<ExitCode> {
  const client = session.client();
  const begun = await client.call(replayRun, {
    params: { run_id: await findRunId(client, id) },
    body: { pool: flags.pool, labels: readLabels("--label", flags.label) },
    headers: { "idempotency-key": crypto.randomUUID() },
    isIdempotent: true,
  });
  return seeThrough(session, begun, flags, flags.outputDir);
}
