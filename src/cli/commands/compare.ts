import type { Command } from "commander";
import { askEachCallable } from "../ask-each-kind.ts";
import { exampleText } from "../example-text.ts";
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
    .addHelpText(
      "after",
      exampleText("compare image_generation 1.0.0", "compare workflow/code-generation 1.0.0 stable"),
    )
    .action((text: string, from: string, to: string | undefined, _flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found = await askEachCallable(text, "versions are compared by their interfaces", (asked) =>
          client().call(asked.routes.compare, { params: { name: asked.reference }, query: { from, to } }),
        );
        terminal.answer(found, () => {
          const title = `${found.name} ${found.from_version} → ${found.to_version}`;
          if (found.changes.length === 0) return `${title}: no difference`;
          return `${title}: asks for ${found.bump === "none" ? "no bump" : `a ${found.bump} bump`}\n${renderChanges(found.changes, terminal.colors)}`;
        });
        return undefined;
      }),
    );
}
