import type { Command } from "commander";
import { getOpenapi } from "../../contract/http/registry.ts";
import { askEachCallable } from "../ask-each-kind.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";

/** `callsheet openapi`. */
export function addOpenapiCommand(program: Command): void {
  program
    .command("openapi")
    .description("the OpenAPI 3.1 document of a template, a function or a workflow, or of the whole registry")
    .argument("[reference]", "name or name@selector; the registry itself when left out")
    .addHelpText("after", exampleText("openapi image_generation > image_generation.openapi.json", "openapi"))
    .action((text: string | undefined, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found =
          text === undefined
            ? await client().call(getOpenapi)
            : await askEachCallable(text, "OpenAPI tells of an interface", ({ routes, reference }) =>
                client().call(routes.openapi, { params: { reference } }),
              );
        terminal.answer(found, () => JSON.stringify(found, null, 2));
        return undefined;
      }),
    );
}
