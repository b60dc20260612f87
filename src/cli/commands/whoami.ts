import type { Command } from "commander";
import { getWhoami } from "../../contract/http/tokens.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { renderWhoami } from "../terminal/render-whoami.ts";

/** `callsheet whoami`. */
export function addWhoamiCommand(program: Command): void {
  program
    .command("whoami")
    .description("who you are to the registry, what you may do, and where the token comes from")
    .addHelpText("after", exampleText("whoami", "whoami --url https://registry.example.com --json"))
    .action((_flags: unknown, command: Command) =>
      inSession(command, async ({ client, settings, terminal }) => {
        const who = await client().call(getWhoami);
        const inForce = settings();
        const told = { ...who, url: inForce.url, url_from: inForce.urlFrom, token_from: inForce.tokenFrom };
        terminal.answer(told, () => renderWhoami(who, inForce, terminal.colors, Date.now()));
        return undefined;
      }),
    );
}
