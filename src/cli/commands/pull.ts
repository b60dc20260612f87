import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { pullArtifact } from "../pull/pull-artifact.ts";
import { pullRepository } from "../pull/pull-repository.ts";
import { readPullReference } from "../pull/read-pull-reference.ts";
import type { PulledFile } from "../pull/save-layer.ts";
import { inSession, type Session } from "../session.ts";
import type { Colors } from "../terminal/open-terminal.ts";
import { showBytes } from "../terminal/show-size.ts";

interface Flags {
  output: string;
  force?: boolean;
  plain?: boolean;
}

/** `callsheet pull`. */
export function addPullCommand(program: Command): void {
  program
    .command("pull")
    .description("save an artifact's document or source under its author's name for it, or the files of any repository")
    .argument("<reference>", "workflows/x:v1, workflow/x@^1, x; models/sdxl:1.0 for plain files")
    .option("-o, --output <folder>", "where to; made when missing", ".")
    .option("--force", "replace files that have other content")
    .option("--plain", "every file there is, as `oras pull` does, whatever the repository is called")
    .addHelpText(
      "after",
      exampleText(
        "pull workflows/code-generation:v1",
        "pull code-generation@^1 -o workflows",
        "pull numpy.sharpen",
        "pull models/sdxl:1.0 -o weights",
      ),
    )
    .action((text: string, flags: Flags, command: Command) =>
      inSession(command, (session) => pull(session, text, flags)),
    );
}

async function pull(session: Session, text: string, flags: Flags): Promise<undefined> {
  const { terminal } = session;
  const asked = readPullReference(text, flags.plain === true);
  await session.oci().reach();
  const target = { folder: flags.output, mayReplace: flags.force === true };
  if (asked.type === "repository") {
    const pulled = await pullRepository(session, asked.asked, target);
    const separator = pulled.reference.includes(":") ? "@" : ":";
    const title = `${pulled.repository}${separator}${pulled.reference}`;
    terminal.answer(pulled, () => render(title, pulled, terminal.colors));
    return;
  }
  const pulled = await pullArtifact(session, asked.text, target);
  const { kind, name, version, reference } = pulled;
  const told = version === null || version === reference ? reference : `${reference} (${version})`;
  terminal.answer(pulled, () => render(`${kind} ${name} ${told}`, pulled, terminal.colors));
}

function render(
  title: string,
  { digest, files }: { digest: string; files: readonly PulledFile[] },
  colors: Colors,
): string {
  const lines = files.map(({ path, digest: of, size_bytes, status }) => {
    const said = status === "saved" ? "saved as" : "there already as";
    return `  ${said} ${path} (${showBytes(size_bytes)})  ${colors.dim(of)}`;
  });
  return [`${colors.bold(title)}  ${digest}`, ...lines].join("\n");
}
