import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { watchFolder } from "../watch-folder.ts";

/** `callsheet watch`. */
export function addWatchCommand(program: Command): void {
  program
    .command("watch")
    .description("publish each template when it is saved, and print what changed; Ctrl-C ends it")
    .argument("<folder>")
    .option("--no-initial", "do not publish what is there already")
    .addHelpText("after", exampleText("watch templates/"))
    .action((folder: string, flags: { initial: boolean }, command: Command) =>
      inSession(command, (session) => watchFolder(session, folder, flags.initial)),
    );
}
