import type { Command } from "commander";
import { confirmDeletion } from "../confirm-deletion.ts";
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
        const { routes, ...params } = exactVersion(reference);
        if (!flags.yes) await confirmDeletion(reference, reference);
        const query = { message: flags.message };
        const done = await client().call(routes.versions.remove, { params, query });
        terminal.answer(done, () => `${reference} ${done.changed ? "is deleted" : "was deleted before"}`);
        return undefined;
      }),
    );
}
