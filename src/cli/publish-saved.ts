import { existsSync } from "node:fs";
import type { Client } from "../client/create-client.ts";
import { isPassing } from "../client/is-passing.ts";
import { languageOfFile } from "../domain/function/source-language.ts";
import { bumpHint } from "./bump-hint.ts";
import { type CheckedDocument, checkDocuments } from "./documents/check-documents.ts";
import { publishDocuments } from "./documents/publish-documents.ts";
import { readDocuments, type Sources } from "./documents/read-documents.ts";
import { publishSavedSources } from "./publish-saved-sources.ts";
import { reportFailure } from "./report-failure.ts";
import type { SaveQueue } from "./save-queue.ts";
import type { Session } from "./session.ts";
import type { Terminal } from "./terminal/open-terminal.ts";
import { renderIssue } from "./terminal/render-issues.ts";
import { renderOutcome } from "./terminal/render-outcome.ts";

/** What the passes of one watch have in common. */
export interface Watch {
  session: Session;
  client: Client;
  queue: SaveQueue;
  /** Files whose parent was nowhere: tried again when something new is published. */
  orphans: Set<string>;
  signal: AbortSignal;
}

/**
 * Checks and publishes files that were saved; prints what was found and what changed. Answers the failure when the registry is
 * away, so that the caller tries again later; any other failure is printed and is done with.
 */
export async function publishSaved(watch: Watch, files: readonly string[]): Promise<unknown> {
  const { client, queue, orphans, signal } = watch;
  const { terminal } = watch.session;
  try {
    const there = files.filter((file) => existsSync(file));
    const saved = there.filter((file) => languageOfFile(file) !== null);
    await publishSavedSources({ client, terminal, signal }, saved);
    const { documents, sources } = await readDocuments(there.filter((file) => languageOfFile(file) === null));
    const checked = await checkDocuments(documents, client);
    for (const one of checked) if (hasErrors(one)) printIssues(terminal, one, sources);
    for (const { source, issues } of checked) {
      if (issues.some(({ code }) => code === "parent_not_found")) orphans.add(source.file);
      else orphans.delete(source.file);
    }
    const good = checked.filter((one) => !hasErrors(one));
    if (good.length === 0 || signal.aborted) return null;
    const valid = good.map(({ source }) => source);
    const done = await publishDocuments(client, valid, { isDryRun: false });
    for (const [i, outcome] of done.outcomes.entries()) {
      if (outcome.status === "not_sent") continue;
      const { exitCode: _, ...told } = outcome;
      const hint = outcome.code === "VERSION_TAKEN" ? await bumpHint(client, good[i]?.template ?? null) : null;
      terminal.event(told, () => {
        const shown = renderOutcome(outcome, sources.get(outcome.file), false, terminal.colors);
        return hint === null ? shown : `${shown}\n  ${terminal.colors.cyan(hint)}`;
      });
    }
    if (done.outcomes.some(({ status }) => status === "created")) for (const file of orphans) queue.add(file);
    if (done.failure !== undefined) throw done.failure;
    return null;
  } catch (error) {
    if (isPassing(error)) return error;
    reportFailure(terminal, error);
    return null;
  }
}

function hasErrors({ issues }: CheckedDocument): boolean {
  return issues.some(({ severity }) => severity === "error");
}

function printIssues(terminal: Terminal, { source, issues }: CheckedDocument, sources: Sources): void {
  const { file, position, header } = source;
  terminal.event({ file, position, name: header.id, version: header.version, status: "not_valid", issues }, () =>
    issues.map((found) => renderIssue({ ...found, file }, sources.get(file), terminal.colors)).join("\n"),
  );
}
