import type { Command } from "commander";
import type { Run } from "../../contract/run/run.ts";
import { exampleText } from "../example-text.ts";
import { findRun } from "../runs/find-run.ts";
import { runnerText } from "../runs/watched-run.ts";
import { inSession } from "../session.ts";
import { shortId } from "../short-id.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { paintRunState } from "../terminal/paint-run-state.ts";
import { count, plainText } from "../terminal/plain-text.ts";
import { renderFailure } from "../terminal/render-failure.ts";
import { renderWaiting } from "../terminal/render-waiting.ts";
import { usualWidth } from "../terminal/render-workflow.ts";
import { approvalLines } from "../terminal/workflow/approval-lines.ts";
import { failureAdvice } from "../terminal/workflow/failed-step.ts";
import { glyphOf, skillText } from "../terminal/workflow/step-look.ts";

/** `callsheet why`. */
export function addWhyCommand(program: Command): void {
  program
    .command("why")
    .description("why a run waits, or why it failed; of a workflow, which steps it is at")
    .argument("<run>", "a run's id, or its unique beginning or end among the newest")
    .addHelpText("after", exampleText("why 2a6b1c0d"))
    .action((id: string, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const run = await findRun(client(), id);
        const value = {
          run_id: run.id,
          state: run.state,
          waiting: run.state === "queued" ? run.waiting : null,
          failure: run.state === "failed" ? run.failure : null,
        };
        terminal.answer(value, () => `${paintRunState(run.state, terminal.colors)}  ${whyText(terminal, run)}`);
        return undefined;
      }),
    );
}

function whyText(terminal: Terminal, run: Run): string {
  switch (run.state) {
    case "queued":
      if (run.waiting === null) return `its pool ${run.pool} does not answer just now; ask again`;
      return renderWaiting(terminal, run.waiting, run.pool);
    case "leased":
    case "running":
      if (run.kind === "workflow") return workflowText(terminal, run);
      return `it does not wait: ${plainText(runnerText(run.runner))} has it`;
    case "failed":
      return renderFailure(run.failure, terminal.colors, failureAdvice(run, run.steps ?? []));
    case "cancelled":
      return `by ${plainText(run.cancelled_by)}${run.reason === null ? "" : `: ${plainText(run.reason)}`}`;
    case "succeeded":
      return `it does not wait: it ended at ${run.finished_at}`;
  }
}

/** What a workflow is at: each step under way, and how those are answered that wait for somebody. */
function workflowText({ colors }: Terminal, { id, steps }: Run): string {
  const open = (steps ?? []).filter(
    ({ state, skill }) => state === "waiting" || (state === "running" && skill !== null),
  );
  if (open.length === 0) return "it is between two steps";
  const lines = open.flatMap((step) => [
    `  ${glyphOf(step.state, colors)} ${plainText(step.path)}  ${skillText(step)}`.trimEnd(),
    ...(step.run === null ? [] : [`    \`callsheet why ${shortId(step.run)}\` tells about its run`]),
    ...(step.state === "waiting" ? approvalLines(step, id, usualWidth - 4, colors).map((line) => `    ${line}`) : []),
  ]);
  return [`it is at ${count(open.length, "step")}`, ...lines].join("\n");
}
