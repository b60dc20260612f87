import type { Command } from "commander";
import { getTemplateSchema } from "../../contract/http/templates.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";

/** `callsheet schema`. */
export function addSchemaCommand(program: Command): void {
  program
    .command("schema")
    .description("the JSON Schema (2020-12) of a template's inputs and outputs")
    .argument("<reference>", "name or name@selector")
    .option("--inputs", "the schema of the inputs alone")
    .option("--outputs", "the schema of the outputs alone")
    .addHelpText("after", exampleText("schema image_generation@^1 --inputs > inputs.schema.json"))
    .action((reference: string, flags: { inputs?: boolean; outputs?: boolean }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found = await client().call(getTemplateSchema, { params: { reference } });
        const wanted = flags.inputs === flags.outputs ? found : flags.inputs ? found.inputs : found.outputs;
        terminal.answer(wanted, () => JSON.stringify(wanted, null, 2));
        return undefined;
      }),
    );
}
