import type { Command } from "commander";
import { askEachCallable } from "../ask-each-kind.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";

/** `callsheet schema`. */
export function addSchemaCommand(program: Command): void {
  program
    .command("schema")
    .description("the JSON Schema (2020-12) of the inputs and outputs of a template, function or workflow")
    .argument("<reference>", "name or name@selector")
    .option("--inputs", "the schema of the inputs alone")
    .option("--outputs", "the schema of the outputs alone")
    .addHelpText("after", exampleText("schema image_generation@^1 --inputs > inputs.schema.json"))
    .action((text: string, flags: { inputs?: boolean; outputs?: boolean }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found = await askEachCallable(text, "a schema is of inputs and outputs", ({ routes, reference }) =>
          client().call(routes.schema, { params: { reference } }),
        );
        const wanted = flags.inputs === flags.outputs ? found : flags.inputs ? found.inputs : found.outputs;
        terminal.answer(wanted, () => JSON.stringify(wanted, null, 2));
        return undefined;
      }),
    );
}
