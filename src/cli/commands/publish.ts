import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { addPublishedVersionFlag, askedVersion } from "../settings/version-flag.ts";
import { pathsText, publishPaths } from "./publish-paths.ts";

/** `callsheet publish`. */
export function addPublishCommand(program: Command): void {
  const command = program
    .command("publish")
    .description(
      "register templates, functions, workflows and agents, each after what it needs; what is registered stays as it is",
    )
    .argument("<paths...>", pathsText)
    .option("--dry-run", "let the registry check everything and change nothing");
  addPublishedVersionFlag(command)
    .addHelpText(
      "after",
      exampleText(
        "publish templates/",
        "publish filters.py slugify.ts",
        "publish workflows/ agents/plan.json",
        "publish . --dry-run --json",
      ),
    )
    .action((paths: string[], flags: { dryRun?: boolean }, self: Command) =>
      inSession(self, (session) => publishPaths(session, paths, flags.dryRun === true, askedVersion(self))),
    );
}
