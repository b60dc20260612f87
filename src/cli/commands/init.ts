import { join } from "node:path";
import type { Command } from "commander";
import { templateName } from "../../contract/artifact/name.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { scaffoldTemplate } from "../documents/scaffold-template.ts";
import { exampleText } from "../example-text.ts";
import { inSession } from "../session.ts";
import { writeNewFile } from "../write-new-file.ts";

/** `callsheet init`. */
export function addInitCommand(program: Command): void {
  program
    .command("init")
    .description("write a first template, which validates, into <name>.yaml")
    .argument("<name>", "what callers will look up, like image_upscaling")
    .option("--dir <folder>", "where to write it; made when missing", ".")
    .option("--force", "replace the file if there is one")
    .addHelpText("after", exampleText("init image_upscaling --dir templates"))
    .action((name: string, flags: { dir: string; force?: boolean }, command: Command) =>
      inSession(command, async ({ terminal }) => {
        refuseBadName(name);
        const path = join(flags.dir, `${name}.yaml`);
        await writeNewFile(path, scaffoldTemplate(name), flags.force === true);
        terminal.answer({ path, name, version: "0.1.0" }, () => `wrote ${path}`);
        terminal.note(`next: edit it, then \`callsheet validate ${path}\` and \`callsheet publish ${path}\``);
        return undefined;
      }),
    );
}

function refuseBadName(name: string): void {
  const found = templateName.safeParse(name).error?.issues[0];
  if (found === undefined) return;
  const legal = name
    .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  const hint = templateName.safeParse(legal).success ? `; how about ${legal}?` : "";
  throw new CommandRefusal(`"${name}": ${found.message}${hint}`);
}
