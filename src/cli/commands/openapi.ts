import type { Command } from "commander";
import { getOpenapi } from "../../contract/http/registry.ts";
import { exampleText } from "../example-text.ts";
import { callableReference } from "../kind-of-reference.ts";
import { inSession } from "../session.ts";

/** `callsheet openapi`. */
export function addOpenapiCommand(program: Command): void {
  program
    .command("openapi")
    .description("the OpenAPI 3.1 document of a template, of a function, or of the whole registry")
    .argument("[reference]", "name or name@selector; the registry itself when left out")
    .addHelpText("after", exampleText("openapi image_generation > image_generation.openapi.json", "openapi"))
    .action((text: string | undefined, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const asked = text === undefined ? null : callableReference(text, "OpenAPI tells of an interface");
        const found =
          asked === null
            ? await client().call(getOpenapi)
            : await client().call(asked.routes.openapi, { params: { reference: asked.reference } });
        terminal.answer(found, () => JSON.stringify(found, null, 2));
        return undefined;
      }),
    );
}
