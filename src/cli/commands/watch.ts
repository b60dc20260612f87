import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { watchPath } from "../watch-path.ts";

/** `callsheet watch`. */
export function addWatchCommand(program: Command): void {
  program
    .command("watch")
    .description(
      "publish each document and each source of functions when it is saved, and print what changed; Ctrl-C ends it",
    )
    .argument("<path>", "a folder, or one file")
    .option("--no-initial", "do not publish what is there already")
    .addHelpText("after", exampleText("watch templates/", "watch filters.py"))
    .action((path: string, flags: { initial: boolean }, command: Command) =>
      inSession(command, (session) => watchPath(session, path, flags.initial)),
    );
}
