import type { Command } from "commander";
import { exactVersion } from "../exact-version.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";

/** `callsheet restore`. */
export function addRestoreCommand(program: Command): void {
  program
    .command("restore")
    .description("make a deprecated or yanked version live again")
    .argument("<name@version>")
    .option("--message <text>", "why")
    .addHelpText("after", exampleText("restore image_generation@1.0.1"))
    .action((reference: string, flags: { message?: string }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { routes, ...params } = exactVersion(reference);
        const body = { message: flags.message };
        const done = await client().call(routes.versions.restore, { params, body, isIdempotent: true });
        terminal.answer(done, () => `${reference} ${done.changed ? "is live again" : "was live before"}`);
        return undefined;
      }),
    );
}
