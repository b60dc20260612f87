import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { addKindFlag, addListFlags, type KindFlags, printCatalogue, usualKind } from "./list.ts";

/** `callsheet search`. */
export function addSearchCommand(program: Command): void {
  const command = program
    .command("search")
    .description("search templates, or what --kind says, by name, description and tags, best first")
    .argument("<words...>", "what to look for");
  addKindFlag(addListFlags(command))
    .addHelpText(
      "after",
      exampleText("search upscale --gpu", "search plan --kind agent", "search speech synthesis --json"),
    )
    .action((words: string[], { kind = usualKind, ...flags }: KindFlags, self: Command) =>
      inSession(self, (session) => printCatalogue(session, kind, flags, words.join(" "))),
    );
}
