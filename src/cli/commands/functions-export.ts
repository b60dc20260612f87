import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "commander";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import { exportIndexFile } from "../../domain/document/publishable-path.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exampleText } from "../example-text.ts";
import { exitCodes } from "../exit-codes.ts";
import type { ExportIndex } from "../functions/export-index.ts";
import { gatherExport } from "../functions/gather-export.ts";
import type { GatheredSource } from "../functions/gathered-source.ts";
import { nameFiles } from "../functions/name-files.ts";
import { inSession, type Session } from "../session.ts";
import { count } from "../terminal/plain-text.ts";
import { writeNewFile } from "../write-new-file.ts";

interface Flags {
  all?: boolean;
  force?: boolean;
}

/** `callsheet functions export`. */
export function addFunctionsExport(functions: Command): void {
  functions
    .command("export")
    .description("write the source of each function's latest version into a folder, with an index for importing it")
    .argument("<folder>")
    .option("--all", "every version that is not deleted")
    .option("--force", "replace files of the same names")
    .addHelpText("after", exampleText("functions export backup/"))
    .action((folder: string, flags: Flags, command: Command) =>
      inSession(command, (session) => exportFunctions(session, folder, flags)),
    );
}

async function exportFunctions({ client, terminal }: Session, folder: string, flags: Flags): Promise<undefined> {
  const sources = await gatherExport(client(), flags.all === true);
  const names = nameFiles(sources.map(wantedName));
  const index: ExportIndex = {
    format: 1,
    sources: sources.map(({ language, digest, functions }, i) => ({
      file: names[i] ?? "",
      ...{ language, digest },
      functions: functions.map(({ published_at: _, ...one }) => one),
    })),
  };
  const files = sources.map(({ bytes }, i) => ({ path: join(folder, names[i] ?? ""), content: bytes }));
  const indexText = `${JSON.stringify(index, null, 2)}\n`;
  files.push({ path: join(folder, exportIndexFile), content: new TextEncoder().encode(indexText) });
  if (flags.force !== true) await refuseReplacing(files);
  for (const { path, content } of files) await writeNewFile(path, content, true);
  const functions = index.sources.reduce((sum, one) => sum + one.functions.length, 0);
  terminal.answer({ folder, ...index }, () => {
    const what = `${count(functions, "version")} of functions in ${count(sources.length, "source")}`;
    return sources.length === 0
      ? `no function is published; ${folder} holds an empty index`
      : `wrote ${what} to ${folder}`;
  });
}

/** As its author named it; else after its first function. */
function wantedName({ file, language, functions }: GatheredSource): string {
  const ending = { python: ".py", typescript: ".ts", javascript: ".js" }[language];
  return file ?? `${functions[0]?.name.split(".").slice(1).join(".") ?? "functions"}${ending}`;
}

/** Nothing is written where something of it would take another file's place. */
async function refuseReplacing(files: readonly { path: string; content: Uint8Array }[]): Promise<void> {
  const inTheWay: string[] = [];
  for (const { path, content } of files) {
    const bytes = await readFile(path).catch(() => null);
    if (bytes !== null && digestOfBytes(bytes) !== digestOfBytes(content)) inTheWay.push(path);
  }
  const [first] = inTheWay;
  if (first === undefined) return;
  const others = inTheWay.length === 1 ? "" : ` and ${count(inTheWay.length - 1, "other file")}`;
  throw new CommandRefusal(
    `${first}${others} would be replaced by other content; --force does that, an empty folder needs nothing`,
    exitCodes.conflict,
  );
}
