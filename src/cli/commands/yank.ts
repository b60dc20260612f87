import type { Command } from "commander";
import { exactVersion } from "../exact-version.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";

/** `callsheet yank`. */
export function addYankCommand(program: Command): void {
  program
    .command("yank")
    .description("yank a version: ranges and tags no longer choose it, its exact version is still served")
    .argument("<name@version>")
    .option("--message <text>", "why")
    .addHelpText("after", exampleText('yank image_generation@1.0.1 --message "wrong default"'))
    .action((reference: string, flags: { message?: string }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { routes, ...params } = exactVersion(reference);
        const body = { message: flags.message };
        const done = await client().call(routes.versions.yank, { params, body, isIdempotent: true });
        terminal.answer(done, () => `${reference} ${done.changed ? "is yanked" : "was yanked before"}`);
        return undefined;
      }),
    );
}
