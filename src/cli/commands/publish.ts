import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { publishPaths } from "./publish-paths.ts";

/** `callsheet publish`. */
export function addPublishCommand(program: Command): void {
  program
    .command("publish")
    .description("register templates, parents before children; what is registered already stays as it is")
    .argument("<paths...>", "files, folders (*.yaml, *.yml, *.json in them), or - for standard input")
    .option("--dry-run", "let the registry check everything and change nothing")
    .addHelpText("after", exampleText("publish templates/", "publish templates/ --dry-run --json"))
    .action((paths: string[], flags: { dryRun?: boolean }, command: Command) =>
      inSession(command, (session) => publishPaths(session, paths, flags.dryRun === true)),
    );
}
