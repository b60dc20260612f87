import type { Command } from "commander";
import { getOpenapi } from "../../contract/http/registry.ts";
import { getTemplateOpenapi } from "../../contract/http/templates.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";

/** `callsheet openapi`. */
export function addOpenapiCommand(program: Command): void {
  program
    .command("openapi")
    .description("the OpenAPI 3.1 document of a template, or of the whole registry")
    .argument("[reference]", "name or name@selector; the registry itself when left out")
    .addHelpText("after", exampleText("openapi image_generation > image_generation.openapi.json", "openapi"))
    .action((reference: string | undefined, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found =
          reference === undefined
            ? await client().call(getOpenapi)
            : await client().call(getTemplateOpenapi, { params: { reference } });
        terminal.answer(found, () => JSON.stringify(found, null, 2));
        return undefined;
      }),
    );
}
