import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { addListFlags, type ListFlags, printCatalogue } from "./list.ts";

/** `callsheet search`. */
export function addSearchCommand(program: Command): void {
  const command = program.command("search").description("search templates by name, description and tags, best first");
  addListFlags(command.argument("<words...>", "what to look for"))
    .addHelpText("after", exampleText("search upscale --gpu", "search speech synthesis --json"))
    .action((words: string[], flags: ListFlags, self: Command) =>
      inSession(self, (session) => printCatalogue(session, flags, words.join(" "))),
    );
}
