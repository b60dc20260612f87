import { type Command, Option } from "commander";
import { type CreatedToken, type RateClass, rateClass } from "../../contract/access/token.ts";
import { createToken, rotateToken } from "../../contract/http/tokens.ts";
import { findToken } from "../access/find-token.ts";
import { addRightFlags, type RightFlags } from "../access/right-flags.ts";
import { exampleText } from "../example-text.ts";
import { readDuration, readDurationOrNever } from "../read-duration.ts";
import { inSession } from "../session.ts";
import { globalFlags } from "../settings/global-flags.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { renderCreatedToken } from "../terminal/render-tokens.ts";

interface CreateFlags extends RightFlags {
  expires?: number | "never";
  rate: RateClass;
}

/** `callsheet tokens create`. */
export function addTokensCreate(tokens: Command): void {
  addRightFlags(
    tokens
      .command("create")
      .description("make an access token; it is shown this once")
      .argument("<name>", "what it is for"),
  )
    .option("--expires <time>", "from now: 12h, 90d, never; 90 days when left out", readDurationOrNever)
    .addOption(
      new Option("--rate <class>", "how many requests a minute it may make")
        .choices(rateClass.options)
        .default("standard"),
    )
    .addHelpText(
      "after",
      exampleText(
        "tokens create ci --scope publish --name-pattern 'templates/image_*' --expires 30d",
        "tokens create dashboard --scope read --expires never",
        "tokens create ci --scope publish --quiet > token.txt",
      ),
    )
    .action((name: string, flags: CreateFlags, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { scope: scopes, namePattern: names, expires, rate: rate_class } = flags;
        const expires_in_seconds = expires === "never" ? null : expires;
        const body = { name, scopes, names, rate_class, expires_in_seconds };
        tellCreated(terminal, await client().call(createToken, { body }), isQuiet(command));
        return undefined;
      }),
    );
}

/** `callsheet tokens rotate`. */
export function addTokensRotate(tokens: Command): void {
  tokens
    .command("rotate")
    .description("make a token anew: the same rights and another secret, which is shown this once")
    .argument("<token>", "its id, or its name")
    .option(
      "--overlap <time>",
      "how long the one before is good too: 1h, 1d, at most 7d; it ends at once when left out",
      readDuration,
    )
    .addHelpText("after", exampleText("tokens rotate ci --overlap 1h"))
    .action((text: string, flags: { overlap?: number }, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { id } = await findToken(client(), text);
        const body = { overlap_seconds: flags.overlap };
        tellCreated(terminal, await client().call(rotateToken, { params: { token_id: id }, body }), isQuiet(command));
        return undefined;
      }),
    );
}

/** Under `--quiet` the token stands alone on stdout, so that it can be piped on. */
function tellCreated(terminal: Terminal, created: CreatedToken, quiet: boolean): void {
  terminal.answer(created, () => (quiet ? created.token : renderCreatedToken(created, terminal.colors, Date.now())));
  terminal.note(
    "hint: this is the only time that the token is shown; `callsheet login` keeps it, CALLSHEET_TOKEN carries it",
  );
}

function isQuiet(command: Command): boolean {
  return globalFlags.parse(command.optsWithGlobals()).quiet;
}
