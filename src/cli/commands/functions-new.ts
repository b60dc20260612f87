import { join } from "node:path";
import { type Command, Option } from "commander";
import { languageOfFile } from "../../domain/function/source-language.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { findStarter, renameFunction, type StarterKind, starterKinds } from "../functions/find-starter.ts";
import { legalFunctionName } from "../functions/legal-function-name.ts";
import { inSession, type Session } from "../session.ts";
import { writeNewFile } from "../write-new-file.ts";

interface Flags {
  memoryType: StarterKind;
  name?: string;
  force?: boolean;
}

/** `callsheet functions new`. */
export function addFunctionsNew(functions: Command): void {
  functions
    .command("new")
    .description("write a first function, which publishes as it is, into a file")
    .argument("[file]", "where to write it; named after the function when left out")
    .addOption(
      new Option("--memory-type <type>", "the library whose arrays it works on; or a language")
        .choices(starterKinds)
        .makeOptionMandatory(),
    )
    .option("--name <name>", "what the function is called; the starter's own name when left out")
    .option("--force", "replace the file if there is one")
    .addHelpText("after", exampleText("functions new --memory-type torch --name even_light filters.py"))
    .action((file: string | undefined, flags: Flags, command: Command) =>
      inSession(command, (session) => writeStarter(session, file, flags)),
    );
}

async function writeStarter({ terminal }: Session, file: string | undefined, flags: Flags): Promise<undefined> {
  const starter = await findStarter(flags.memoryType);
  const runtime = starter.kind === "typescript" ? "javascript" : starter.kind;
  const name = flags.name ?? starter.name;
  const id = legalFunctionName(runtime, name);
  const path = file ?? join(".", `${name}${starter.ending}`);
  const ending = starter.ending;
  if (languageOfFile(path) !== languageOfFile(ending)) {
    throw new CommandRefusal(`${path}: a starter for ${starter.kind} goes into a file that ends with ${ending}`);
  }
  await writeNewFile(path, renameFunction(starter, name), flags.force === true);
  terminal.answer({ path, name: id, memory_type: starter.kind }, () => `wrote ${path}, which publishes ${id}`);
  terminal.note(`next: edit it, then \`callsheet functions check ${path}\` and \`callsheet publish ${path}\``);
}
