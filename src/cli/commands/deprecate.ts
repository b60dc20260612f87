import type { Command } from "commander";
import { deprecation } from "../../contract/http/version-routes.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exactVersion } from "../exact-version.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";

interface Flags {
  message?: string;
  successor?: string;
  sunset?: string;
}

/** `callsheet deprecate`. */
export function addDeprecateCommand(program: Command): void {
  program
    .command("deprecate")
    .description("mark a version as deprecated: it stays resolvable, with a warning")
    .argument("<name@version>")
    .option("--message <text>", "why, and what to do")
    .option("--successor <reference>", "what to use instead: name or name@version")
    .option("--sunset <time>", "when it may stop being served: 2027-01-31 or 2027-01-31T00:00:00Z")
    .addHelpText(
      "after",
      exampleText('deprecate image_generation@1.0.0 --message "use 2.x" --successor image_generation@2.0.0'),
    )
    .action((reference: string, flags: Flags, command: Command) =>
      inSession(command, async ({ client, terminal }) => {
        const { routes, ...params } = exactVersion(reference);
        const body = { message: flags.message, successor: flags.successor, sunset: readSunset(flags.sunset) };
        const done = await client().call(routes.versions.deprecate, { params, body, isIdempotent: true });
        terminal.answer(done, () => `${reference} ${done.changed ? "is deprecated" : "was deprecated before"}`);
        return undefined;
      }),
    );
}

function readSunset(text: string | undefined): string | undefined {
  const time = text?.replace(/^\d{4}-\d{2}-\d{2}$/, "$&T00:00:00Z");
  if (deprecation.shape.sunset.safeParse(time).success) return time;
  throw new CommandRefusal(`--sunset ${text}: give a day or a time in UTC, like 2027-01-31 or 2027-01-31T12:00:00Z`);
}
