import type { Command } from "commander";
import { exampleText } from "../example-text.ts";
import { type ExitCode, exitCodes } from "../exit-codes.ts";
import { renderImport } from "../layout/render-import.ts";
import { openLayout, sendLayout } from "../layout/send-layout.ts";
import { parseOciReference } from "../oci/oci-reference.ts";
import { inSession, type Session } from "../session.ts";
import { showBar } from "../terminal/show-bar.ts";

/** `callsheet import`. */
export function addImportCommand(program: Command): void {
  program
    .command("import")
    .description(
      "take in an OCI image layout (tar): an export, or another tool's; again is the same as once; needs the admin token",
    )
    .argument("<file>", "the tar, or - for standard input")
    .option("--repository <repository>", "where that goes which does not say so itself: layouts of other tools")
    .addHelpText("after", exampleText("import backup.tar", "import image.tar --repository models/sdxl"))
    .action((file: string, flags: { repository?: string }, command: Command) =>
      inSession(command, (session) => importRegistry(session, file, flags.repository)),
    );
}

async function importRegistry(session: Session, file: string, said: string | undefined): Promise<ExitCode> {
  const { terminal } = session;
  const repository = said === undefined ? undefined : parseOciReference(said).repository;
  const source = await openLayout(file);
  const bar = showBar(terminal, "importing", source.sizeBytes ?? 0);
  const answer = await sendLayout(session.settings(), source, repository, bar.update).finally(bar.stop);
  terminal.answer(answer, () => renderImport(terminal, answer));
  return answer.counts.rejected > 0 ? exitCodes.invalid : exitCodes.ok;
}
