import { type Command, InvalidArgumentError } from "commander";
import { type StepStateName, stepStateName } from "../../contract/workflow/step-state.ts";
import { exampleText } from "../example-text.ts";
import { findRun } from "../runs/find-run.ts";
import { readSteps } from "../runs/read-steps.ts";
import { inSession, type Session } from "../session.ts";
import { stepTable } from "../terminal/workflow/step-table.ts";

interface Flags {
  state?: StepStateName;
}

/** `callsheet runs steps`. */
export function addRunsSteps(runs: Command): void {
  runs
    .command("steps")
    .description("every step of a workflow's run, items of maps too")
    .argument("<id>", "a run's id, or its unique beginning or end among the newest")
    .option("--state <state>", `only those that are ${stepStateName.options.join(", ")}`, readState)
    .addHelpText("after", exampleText("runs steps 2a6b1c0d", "runs steps 2a6b1c0d --state failed"))
    .action((id: string, flags: Flags, command: Command) =>
      inSession(command, (session) => printSteps(session, id, flags.state)),
    );
}

async function printSteps(
  { terminal, client: connect }: Session,
  id: string,
  state?: StepStateName,
): Promise<undefined> {
  const client = connect();
  const run = await findRun(client, id);
  const all = await readSteps(client, run);
  const items = all.filter((step) => state === undefined || step.state === state);
  terminal.answer({ run_id: run.id, items }, () => {
    if (items.length > 0) return stepTable(terminal, items, Date.now());
    if (run.kind !== "workflow") return `a ${run.kind} has no steps; \`callsheet runs show\` tells its attempts`;
    return all.length === 0 ? "no step was reached yet" : `no step is ${state}`;
  });
}

function readState(text: string): StepStateName {
  const state = stepStateName.safeParse(text);
  if (state.success) return state.data;
  throw new InvalidArgumentError(`There are ${stepStateName.options.join(", ")}.`);
}
