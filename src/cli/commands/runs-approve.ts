import type { Command } from "commander";
import { approveRun } from "../../contract/http/workflow-runs.ts";
import type { Run } from "../../contract/run/run.ts";
import { isFinal } from "../../contract/run/run-state.ts";
import { didYouMean } from "../../domain/did-you-mean.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { findRun } from "../runs/find-run.ts";
import { findWaiting, type WaitingStep } from "../runs/find-waiting.ts";
import { readSteps } from "../runs/read-steps.ts";
import { inSession, type Session } from "../session.ts";
import { shortId } from "../short-id.ts";
import { plainText } from "../terminal/plain-text.ts";
import { answerCommand } from "../terminal/workflow/approval-lines.ts";

interface Flags {
  reject?: boolean;
  comment?: string;
}

/** `callsheet runs approve`. */
export function addRunsApprove(runs: Command): void {
  runs
    .command("approve")
    .description("say yes, or no, to a step that waits for an answer")
    .argument("<id>", "a run's id, or its unique beginning or end among the newest")
    .argument("[step]", "which step; need not be said where only one waits")
    .option("--reject", "say no")
    .option("--comment <text>", "why, for those who read it")
    .addHelpText(
      "after",
      exampleText("runs approve 2a6b1c0d", 'runs approve 2a6b1c0d review --reject --comment "too dark"'),
    )
    .action((id: string, step: string | undefined, flags: Flags, command: Command) =>
      inSession(command, (session) => answer(session, id, step, flags)),
    );
}

async function answer(session: Session, id: string, said: string | undefined, flags: Flags): Promise<ExitCode> {
  const { terminal } = session;
  const client = session.client();
  const run = await findRun(client, id);
  const waiting = await findWaiting(client, run);
  const meant =
    said === undefined ? onlyOne(run, waiting) : ((await named(session, run, waiting, said)) ?? { run, step: said });
  const step = typeof meant.step === "string" ? meant.step : meant.step.path;
  const approved = flags.reject !== true;
  const answered = await client.call(approveRun, {
    params: { run_id: meant.run.id },
    body: { step, approved, comment: flags.comment },
    isIdempotent: true,
  });
  const { colors } = terminal;
  terminal.answer(answered, () => {
    const word = approved ? colors.green("approved") : colors.red("rejected");
    return `${word}  ${plainText(step)} of ${meant.run.name} ${meant.run.version}  ${meant.run.id}`;
  });
  if (!isFinal(run.state)) terminal.note(`\`callsheet runs watch ${shortId(run.id)}\` shows how it goes on`);
  return exitCodes.ok;
}

function onlyOne(run: Run, waiting: readonly WaitingStep[]): WaitingStep {
  const [only, another] = waiting;
  if (only === undefined) {
    const why = isFinal(run.state)
      ? `it has ended: ${run.state}`
      : `\`callsheet runs show ${shortId(run.id)}\` tells what it does`;
    throw new CommandRefusal(`no step of run ${shortId(run.id)} waits for an answer; ${why}`, exitCodes.conflict);
  }
  if (another === undefined) return only;
  const commands = waiting.map(
    ({ run: of, step }) => `\n  ${answerCommand(step, of.id)}   ${plainText(step.approval?.message ?? "")}`,
  );
  throw new CommandRefusal(`${waiting.length} steps wait for an answer; say which${commands.join("")}`);
}

/** The step that a path or an id means; null for one that does not wait, about which the registry knows more. */
async function named(
  { client }: Session,
  run: Run,
  waiting: readonly WaitingStep[],
  said: string,
): Promise<WaitingStep | null> {
  const fitting = waiting.filter(({ step }) => step.path === said);
  const byId = fitting.length > 0 ? fitting : waiting.filter(({ step }) => step.id === said);
  if (byId.length > 0) return onlyOne(run, byId);
  const steps = await readSteps(client(), run);
  const known = steps.filter(({ type }) => type === "approval");
  const path = known.find((step) => step.path === said || step.id === said)?.path;
  if (path !== undefined) return null;
  const paths = known.map((step) => step.path);
  const meant = didYouMean(said, paths);
  const hint =
    meant === null
      ? paths.length === 0
        ? "it has asked nothing so far"
        : `it asked at ${paths.join(", ")}`
      : `did you mean ${meant}?`;
  throw new CommandRefusal(
    `run ${shortId(run.id)} asks nothing at a step ${plainText(said)}; ${hint}`,
    exitCodes.notFound,
  );
}
