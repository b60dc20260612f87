import { homedir } from "node:os";
import { join } from "node:path";
import type { Command } from "commander";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import type { ExitCode } from "../exit-codes.ts";
import { type ReadImport, readImport } from "../functions/read-import.ts";
import type { Outcome } from "../outcome.ts";
import { publishFiles } from "../publish-files.ts";
import { inSession, type Session } from "../session.ts";
import { plainText } from "../terminal/plain-text.ts";

interface Flags {
  openhcs?: boolean;
  dryRun?: boolean;
}

/** `callsheet functions import`. */
export function addFunctionsImport(functions: Command): void {
  functions
    .command("import")
    .description("publish every source of a folder; of an exported one with the versions that it had")
    .argument("[folder]", "a folder of sources, searched whole")
    .option("--openhcs", "OpenHCS's custom functions; the folder where it keeps them when none is given")
    .option("--dry-run", "let the registry check everything and change nothing")
    .addHelpText("after", exampleText("functions import backup/", "functions import --openhcs --dry-run"))
    .action((folder: string | undefined, flags: Flags, command: Command) =>
      inSession(command, (session) => importFunctions(session, folder, flags)),
    );
}

async function importFunctions(session: Session, given: string | undefined, flags: Flags): Promise<ExitCode> {
  const folder = given ?? (flags.openhcs ? openhcsFolder(process.env) : undefined);
  if (folder === undefined) {
    throw new CommandRefusal(
      "say which folder; --openhcs alone means the one where OpenHCS keeps its custom functions",
    );
  }
  const { terminal } = session;
  const read = await readImport(folder);
  for (const file of read.edited) terminal.note(`${file} was changed since it was exported: it gets a new version`);
  const texts = new Map(read.sources.map(({ file, text }) => [file, text]));
  const isDryRun = flags.dryRun === true;
  const { outcomes, exitCode } = await publishFiles(session, { documents: [], sources: read.sources, texts, isDryRun });
  for (const text of differences(outcomes, read)) terminal.warn(`note: ${text}`);
  return exitCode;
}

/** Where OpenHCS keeps them: one file for each function, in the data folder of the XDG base directory specification. */
export function openhcsFolder(env: Record<string, string | undefined>): string {
  const data = env.XDG_DATA_HOME ?? "";
  return join(data === "" ? join(homedir(), ".local", "share") : data, "openhcs", "custom_functions");
}

/** What has another digest here than where it was exported, although its source is the same. */
function differences(outcomes: readonly Outcome[], { exported }: ReadImport): string[] {
  return outcomes.flatMap(({ file, name, version, digest }) => {
    const was = exported.get(file)?.functions.find((one) => one.name === name);
    if (was === undefined || digest === null || was.digest === digest) return [];
    const told = `${plainText(was.name)} ${version} is not the same here as where it was exported`;
    return [`${told}: its source was read by another release, or another function of its name is there`];
  });
}
