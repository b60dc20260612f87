import { CommandRefusal } from "../command-refusal.ts";
import { readDocuments } from "../documents/read-documents.ts";
import type { ExitCode } from "../exit-codes.ts";
import { findFiles } from "../find-files.ts";
import { publishFiles } from "../publish-files.ts";
import type { Session } from "../session.ts";
import { readSources } from "../sources/read-sources.ts";

/** What `<paths...>` means, in `--help`. */
export const pathsText =
  "files, folders (*.yaml, *.yml, *.json, *.py, *.ts, *.js, *.mjs in them), or - for a document on standard input";

/** What `publish` and `plan` do with paths. `version` is for functions: a document says its own. */
export async function publishPaths(
  session: Session,
  paths: readonly string[],
  isDryRun: boolean,
  version: string | undefined,
): Promise<ExitCode> {
  const found = await findFiles(paths);
  const [document] = found.documents;
  if (version !== undefined && document !== undefined) {
    throw new CommandRefusal(`--version is for functions; ${document} is a document, which says its version itself`);
  }
  const { documents, sources: texts } = await readDocuments(found.documents);
  const sources = await readSources(found.sources);
  for (const { file, text } of sources) texts.set(file, text);
  const versioned = sources.map((source) => (version === undefined ? source : { ...source, versions: version }));
  const { exitCode } = await publishFiles(session, { documents, sources: versioned, texts, isDryRun });
  return exitCode;
}
