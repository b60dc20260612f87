import type { Command } from "commander";
import { listPools } from "../../contract/http/runners.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { renderPools } from "../terminal/render-runners.ts";

/** `callsheet pools`. */
export function addPoolsCommand(program: Command): void {
  program
    .command("pools")
    .description("pools of runners: what waits, what runs, who is there")
    .addHelpText("after", exampleText("pools"))
    .action((_flags: unknown, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const found = await client().call(listPools);
        terminal.answer(found, () => renderPools(terminal, found.items));
        return undefined;
      }),
    );
}
