import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { pathsText, publishPaths } from "./publish-paths.ts";

/** `callsheet plan`: a dry run that shows each change. */
export function addPlanCommand(program: Command): void {
  program
    .command("plan")
    .description("what publish would do: new, unchanged, what changes, what breaks and the bump that it needs")
    .argument("<paths...>", pathsText)
    .addHelpText("after", exampleText("plan templates/"))
    .action((paths: string[], _flags: unknown, command: Command) =>
      inSession(command, (session) => publishPaths(session, paths, true, undefined)),
    );
}
