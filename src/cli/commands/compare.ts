import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { callableReference } from "../kind-of-reference.ts";
import { inSession } from "../session.ts";
import { renderChanges } from "../terminal/render-changes.ts";

/** `callsheet compare`. */
export function addCompareCommand(program: Command): void {
  program
    .command("compare")
    .description("what changed between two versions, and the version bump that it asks for")
    .argument("<name>")
    .argument("<from>", "a version, range or tag")
    .argument("[to]", "a version, range or tag; latest when left out")
    .addHelpText("after", exampleText("compare image_generation 1.0.0", "compare image_generation 1.0.0 stable"))
    .action((text: string, from: string, to: string | undefined, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { routes, reference: name } = callableReference(text, "versions are compared by their interfaces");
        const found = await client().call(routes.compare, { params: { name }, query: { from, to } });
        terminal.answer(found, () => {
          const title = `${found.name} ${found.from_version} → ${found.to_version}`;
          if (found.changes.length === 0) return `${title}: no difference`;
          return `${title}: asks for ${found.bump === "none" ? "no bump" : `a ${found.bump} bump`}\n${renderChanges(found.changes, terminal.colors)}`;
        });
        return undefined;
      }),
    );
}
