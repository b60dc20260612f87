import { type Command, InvalidArgumentError } from "commander";
import { namePattern } from "../../contract/access/name-pattern.ts";
import { pathGlob } from "../../contract/webhook/source.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { openCheckout } from "../sync/open-checkout.ts";
import { readCheckout } from "../sync/read-checkout.ts";
import { syncCheckout } from "../sync/sync-checkout.ts";

interface Flags {
  branch?: string;
  path: string[];
  prune: string[];
  apply?: boolean;
  keepGoing?: boolean;
  check?: boolean;
}

/** `callsheet sync`: by hand what a webhook does of itself. */
export function addSyncCommand(program: Command): void {
  program
    .command("sync")
    .description(
      "what a push of a folder or a git repository would do, and how the registry differs from it; --apply does it",
    )
    .argument("<folder|repository>", "a folder, or a git repository by its address or its path; git clones it")
    .option("--branch <name>", "which branch or tag of the repository; without it, its own")
    .option("--path <glob>", "only files that fit it, ! leaves out; may be repeated", gatherGlobs, [])
    .option(
      "--prune <pattern>",
      "deprecate what the registry has under such names and the folder has not, like templates/image_*; may be repeated",
      gatherPatterns,
      [],
    )
    .option("--apply", "do it: all of it or, where something is rejected, nothing")
    .option("--keep-going", "with --apply: do the rest where something is rejected")
    .option("--check", "exit with 1 where the registry differs from the folder")
    .addHelpText(
      "after",
      exampleText(
        "sync templates/",
        "sync https://github.com/acme/catalog --branch main --apply",
        "sync . --prune 'templates/acme_*' --apply",
        "sync . --check --json",
      ),
    )
    .action((where: string, flags: Flags, command: Command) =>
      inSession(command, async (session) => {
        const checkout = await openCheckout(where, flags.branch);
        try {
          const files = await readCheckout(checkout, flags.path.length === 0 ? everyFile : flags.path);
          const { apply = false, keepGoing = false, check = false, prune } = flags;
          return await syncCheckout(session, checkout, files, { apply, keepGoing, check, prune });
        } finally {
          await checkout.close();
        }
      }),
    );
}

const everyFile = ["**"];

function gatherGlobs(text: string, before: string[]): string[] {
  if (!pathGlob.safeParse(text).success) throw new InvalidArgumentError("Give a glob of paths, like templates/**.");
  return [...before, text];
}

function gatherPatterns(text: string, before: string[]): string[] {
  const { success, error } = namePattern.safeParse(text);
  if (!success) throw new InvalidArgumentError(`${error.issues[0]?.message ?? "it does not fit"}.`);
  return [...before, text];
}
