import type { Command } from "commander";
import { approveRunner, drainRunner, listRunners, removeRunner, resumeRunner } from "../../contract/http/runners.ts";
import type { Runner } from "../../contract/runner/runner.ts";
import { exampleText } from "../example-text.ts";
import { refuseStray } from "../refuse-stray.ts";
import { findRunner } from "../runs/find-runner.ts";
import { inSession } from "../session.ts";
import { plainText } from "../terminal/plain-text.ts";
import { renderRunners } from "../terminal/render-runners.ts";

/** `callsheet runners list | approve | drain | resume | remove`. */
export function addRunnersCommand(program: Command): void {
  const runners = program
    .command("runners")
    .description("runners: who is there to do the work, and what each does")
    .addHelpText("after", exampleText("runners", "runners drain gpu-box-1"));
  addList(runners);
  addChange(runners, "approve", "let a pending runner take jobs", approveRunner, "is approved");
  addChange(
    runners,
    "drain",
    "give a runner no further jobs; those under way go on",
    drainRunner,
    "takes no further jobs",
  );
  addChange(runners, "resume", "give a drained runner jobs again", resumeRunner, "takes jobs again");
  addRemove(runners);
}

const runnerArgument = ["<runner>", "its name or its id"] as const;

function addList(runners: Command): void {
  runners
    .command("list", { isDefault: true })
    .allowExcessArguments()
    .description("runners, by pool and name")
    .option("--pool <pool>", "of this pool")
    .addHelpText("after", exampleText("runners list --pool gpu", "runners --json"))
    .action((flags: { pool?: string }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        refuseStray(command);
        const found = await client().call(listRunners, { query: { pool: flags.pool } });
        terminal.answer(found, () => renderRunners(terminal, found.items, Date.now()));
        return undefined;
      }),
    );
}

type Change = typeof approveRunner | typeof drainRunner | typeof resumeRunner;

function addChange(runners: Command, name: string, description: string, route: Change, done: string): void {
  runners
    .command(name)
    .description(`${description}; needs the admin token`)
    .argument(...runnerArgument)
    .option("--pool <pool>", "the pool that it is in, where two have a runner of this name")
    .addHelpText("after", exampleText(`runners ${name} gpu-box-1`))
    .action((text: string, flags: { pool?: string }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { runner_id, pool } = await findRunner(client(), text, flags.pool);
        const changed: Runner = await client().call(route, {
          params: { runner_id },
          query: { pool },
          isIdempotent: true,
        });
        terminal.answer(changed, () => `${plainText(changed.name)} ${done} (${changed.state})`);
        return undefined;
      }),
    );
}

function addRemove(runners: Command): void {
  runners
    .command("remove")
    .description("forget a runner: its connection is closed and its jobs go to others; needs the admin token")
    .argument(...runnerArgument)
    .option("--pool <pool>", "the pool that it is in, where two have a runner of this name")
    .addHelpText("after", exampleText("runners remove gpu-box-1"))
    .action((text: string, flags: { pool?: string }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found = await findRunner(client(), text, flags.pool);
        const params = { runner_id: found.runner_id };
        const gone = await client().call(removeRunner, { params, query: { pool: found.pool } });
        terminal.answer(gone, () => `${plainText(found.name)} is forgotten`);
        return undefined;
      }),
    );
}
