import type { Command } from "commander";
import { functionDefinition } from "../../contract/function/document.ts";
import { functionRoutes } from "../../contract/http/functions.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { exitCodes } from "../exit-codes.ts";
import { functionReference } from "../functions/function-reference.ts";
import { refuseStray } from "../refuse-stray.ts";
import { inSession, type Session } from "../session.ts";
import { renderFunction } from "../terminal/render-function.ts";
import { versionLines } from "../terminal/version-lines.ts";
import { addFunctionsCheck } from "./functions-check.ts";
import { addFunctionsDelete } from "./functions-delete.ts";
import { addFunctionsExport } from "./functions-export.ts";
import { addFunctionsImport } from "./functions-import.ts";
import { addFunctionsNew } from "./functions-new.ts";
import { addListFlags, type ListFlags, printCatalogue } from "./list.ts";
import { printSource } from "./show.ts";

/** `callsheet functions list | search | new | check | show | delete | export | import`. */
export function addFunctionsCommand(program: Command): void {
  const functions = program
    .command("functions")
    .description("functions from source code: begin one, check it, look at what is published, carry them elsewhere")
    .addHelpText(
      "after",
      exampleText("functions new --memory-type numpy", "functions", "functions show numpy.sharpen"),
    );
  addList(functions);
  addSearch(functions);
  addFunctionsNew(functions);
  addFunctionsCheck(functions);
  addShow(functions);
  addFunctionsDelete(functions);
  addFunctionsExport(functions);
  addFunctionsImport(functions);
}

function addList(functions: Command): void {
  addListFlags(functions.command("list", { isDefault: true }))
    .allowExcessArguments()
    .description("functions, by name")
    .addHelpText("after", exampleText("functions list --runtime numpy", "functions --no-gpu --json"))
    .action((flags: ListFlags, command: Command) =>
      inSession(command, (session) => {
        refuseStray(command);
        return printCatalogue(session, "function", flags, undefined);
      }),
    );
}

function addSearch(functions: Command): void {
  addListFlags(functions.command("search"))
    .description("search functions by name and description, best first")
    .argument("<words...>", "what to look for")
    .addHelpText("after", exampleText("functions search sharpen edges"))
    .action((words: string[], flags: ListFlags, command: Command) =>
      inSession(command, (session) => printCatalogue(session, "function", flags, words.join(" "))),
    );
}

function addShow(functions: Command): void {
  functions
    .command("show")
    .description("a function: what it does, takes, gives and needs")
    .argument("<reference>", "name, name@1.2.3, name@^1, name@tag or name@sha256:…")
    .option("--source", "the source as it was published")
    .addHelpText("after", exampleText("functions show numpy.sharpen", "functions show numpy.sharpen@1.0.0 --source"))
    .action((text: string, flags: { source?: boolean }, command: Command) =>
      inSession(command, async (session) => {
        const reference = functionReference(text);
        return flags.source ? printSource(session, `function/${reference}`) : printFunction(session, reference);
      }),
    );
}

async function printFunction({ client, terminal }: Session, reference: string): Promise<undefined> {
  const found = await client().call(functionRoutes.get, { params: { reference } });
  const read = functionDefinition.safeParse(found.document.function);
  if (!read.success) {
    throw new CommandRefusal(
      `${found.name} ${found.version} has a document that this callsheet cannot read; update it`,
      exitCodes.internal,
    );
  }
  const { description = null, requirements, packages } = read.data;
  const shown = { description, packages, ...requirements, interface: read.data.interface };
  terminal.answer(found, () => renderFunction(terminal, versionLines(found, terminal.colors), shown));
}
