import { createInterface } from "node:readline/promises";
import type { Command } from "commander";
import { deleteTemplateVersion } from "../../contract/http/template-versions.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exactVersion } from "../exact-version.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";

/** `callsheet delete`. */
export function addDeleteCommand(program: Command): void {
  program
    .command("delete")
    .description("delete a version for good: its number can never be published again (yank can be undone, this cannot)")
    .argument("<name@version>")
    .option("--message <text>", "why")
    .option("-y, --yes", "do not ask")
    .addHelpText("after", exampleText('delete image_generation@1.0.1 --message "leaked a path" --yes'))
    .action((reference: string, flags: { message?: string; yes?: boolean }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const params = exactVersion(reference);
        if (!flags.yes) await confirm(reference);
        const done = await client().call(deleteTemplateVersion, { params, query: { message: flags.message } });
        terminal.answer(done, () => `${reference} ${done.changed ? "is deleted" : "was deleted before"}`);
        return undefined;
      }),
    );
}

async function confirm(reference: string): Promise<void> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new CommandRefusal(`deleting ${reference} cannot be undone; say --yes where nobody can be asked`);
  }
  const asking = createInterface({ input: process.stdin, output: process.stderr });
  const answer = await asking.question(`Deleting ${reference} cannot be undone. Type its name to go on: `);
  asking.close();
  if (answer.trim() !== reference) throw new CommandRefusal(`${reference} was not deleted`);
}
