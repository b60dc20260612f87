import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { forgetLogins, loginsPath } from "../settings/kept-logins.ts";
import { samePlace } from "../settings/local-registry.ts";
import { plainText } from "../terminal/plain-text.ts";

/** `callsheet logout`. */
export function addLogoutCommand(program: Command): void {
  program
    .command("logout")
    .description("forget the token that `callsheet login` keeps for the registry; the token itself stays good")
    .option("--all", "those for every registry")
    .addHelpText("after", exampleText("logout", "logout --url https://registry.example.com", "logout --all"))
    .action((flags: { all?: boolean }, command: Command) =>
      inSession(command, async ({ settings, terminal }) => {
        const path = loginsPath(process.env);
        const from = flags.all ? null : settings().url;
        const gone = forgetLogins(path, ({ url }) => from === null || samePlace(url, from));
        terminal.answer({ logged_out: gone.map(({ url, name }) => ({ url, name })) }, () => {
          if (gone.length === 0) return from === null ? "no login was kept" : `no login was kept for ${from}`;
          return gone.map(({ url, name }) => `logged out of ${url} (${plainText(name)})`).join("\n");
        });
        if (gone.length > 0) {
          terminal.note("hint: who has a copy of the token can still use it; `callsheet tokens revoke <id>` ends it");
        }
        return undefined;
      }),
    );
}
