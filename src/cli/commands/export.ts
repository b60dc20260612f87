import type { Command } from "commander";
import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import { splitReference } from "../../domain/artifact/parse-reference.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { standardInput } from "../find-files.ts";
import { kindOfReference } from "../kind-of-reference.ts";
import { type ExportQuery, readExport, saveExport } from "../layout/save-export.ts";
import { inSession, type Session } from "../session.ts";
import { showBar } from "../terminal/show-bar.ts";
import { showBytes } from "../terminal/show-size.ts";
import { kindOption } from "./list.ts";

interface Flags {
  output: string;
  force?: boolean;
  kind?: ArtifactKind;
  repository?: string;
}

/** `callsheet export`. */
export function addExportCommand(program: Command): void {
  program
    .command("export")
    .description("save the registry, or a part of it, as an OCI image layout (tar); needs the admin token")
    .argument("[name]", "one artifact with all its versions: workflow/code-generation")
    .option("-o, --output <file>", "where to, or - for standard output", "callsheet-export.tar")
    .option("--force", "replace the file if there is one")
    .addOption(kindOption("only artifacts of this kind"))
    .option("--repository <repository>", "only this repository, like models/sdxl")
    .addHelpText(
      "after",
      exampleText(
        "export -o backup.tar",
        "export workflow/code-generation -o flow.tar",
        "export --repository models/sdxl -o - | ssh host callsheet import -",
      ),
    )
    .action((name: string | undefined, flags: Flags, command: Command) =>
      inSession(command, (session) => exportRegistry(session, name, flags)),
    );
}

async function exportRegistry(session: Session, text: string | undefined, flags: Flags): Promise<undefined> {
  const { terminal } = session;
  const query = queryOf(text, flags);
  const client = session.client();
  if (flags.output === standardInput) {
    if (terminal.isJson) throw new CommandRefusal("--json and -o - cannot both have standard output");
    if (process.stdout.isTTY)
      throw new CommandRefusal("a tar is nothing for a terminal; -o says which file, or pipe it");
    const done = await readExport(client, query, async (piece) => {
      if (!process.stdout.write(piece)) await new Promise((resolve) => process.stdout.once("drain", resolve));
    });
    terminal.note(`exported ${showBytes(done.size_bytes)}  ${done.digest}`);
    return;
  }
  const bar = showBar(terminal, "exporting", 0);
  const target = { path: flags.output, mayReplace: flags.force === true };
  const saved = await saveExport(client, query, target, bar.update).finally(bar.stop);
  terminal.answer(
    { path: flags.output, ...saved },
    () => `exported to ${flags.output} (${showBytes(saved.size_bytes)})  ${saved.digest}`,
  );
  terminal.note(`next: \`callsheet import ${flags.output} --url <other registry>\`, or oras copy --from-oci-layout`);
}

function queryOf(text: string | undefined, { kind, repository }: Flags): ExportQuery {
  if (text === undefined) return { kind, repository };
  if (kind !== undefined || repository !== undefined)
    throw new CommandRefusal("a name, --kind or --repository? Say one");
  const asked = kindOfReference(text);
  const { name, selector } = splitReference(asked.reference);
  if (selector !== null) throw new CommandRefusal(`${text}: all versions are exported; leave out @${selector}`);
  return { kind: asked.kind, name };
}
