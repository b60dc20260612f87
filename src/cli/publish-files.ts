import cliProgress from "cli-progress";
import type { Client } from "../client/create-client.ts";
import { type PublishOutcome, publishDocuments } from "./documents/publish-documents.ts";
import type { SourceDocument, Sources } from "./documents/read-documents.ts";
import { type ExitCode, worstExitCode } from "./exit-codes.ts";
import { countOutcomes, type Outcome, type OutcomeCounts } from "./outcome.ts";
import { describeFailure } from "./report-failure.ts";
import type { Session } from "./session.ts";
import { publishSources, type SourceToPublish } from "./sources/publish-sources.ts";
import type { Terminal } from "./terminal/open-terminal.ts";
import { count } from "./terminal/plain-text.ts";
import { renderCounts } from "./terminal/render-issues.ts";
import { renderOutcome } from "./terminal/render-outcome.ts";

/** What is to be published. */
export interface Publication {
  documents: readonly SourceDocument[];
  sources: readonly SourceToPublish[];
  /** The text of each file, for showing lines of it. */
  texts: Sources;
  isDryRun: boolean;
}

/**
 * Publishes templates, then sources, then agents and workflows, which refer to both; prints each one's outcome and the sum of them, and
 * answers them with the exit status.
 */
export async function publishFiles(
  session: Session,
  publication: Publication,
): Promise<{ outcomes: Outcome[]; exitCode: ExitCode }> {
  const { terminal } = session;
  const { documents, sources, texts, isDryRun } = publication;
  const client = session.client();
  const progress = showProgress(terminal, documents.length + sources.length);
  const done = await publishAll(client, publication, progress.update).finally(progress.stop);
  const counts = countOutcomes(done.outcomes);
  // Nothing to tell about any of them: the failure is the whole result.
  if (counts.not_sent === done.outcomes.length) throw done.failure;
  const results = done.outcomes.map(({ exitCode: _, ...outcome }) => outcome);
  terminal.answer({ dry_run: isDryRun, seq: done.seq, counts, results }, () => {
    const lines = done.outcomes.map((one) => renderOutcome(one, texts.get(one.file), isDryRun, terminal.colors));
    const found = done.outcomes.flatMap(({ file, issues }) => issues.map((issue) => ({ ...issue, file })));
    if (found.length > 0) lines.push(renderCounts(found));
    return [...lines, summary(counts, isDryRun, client.url)].join("\n");
  });
  if (isDryRun && documents.length > 0 && done.slices > 1) {
    terminal.warn(
      `note: ${count(documents.length, "document")} did not fit one dry run; documents of a later part did not see the new ones of an earlier part, so a missing parent may be there after all`,
    );
  }
  if (done.failure !== undefined) {
    terminal.warn(`${terminal.colors.red("error")}  broken off: ${describeFailure(done.failure).message}`);
    if (!isDryRun && counts.created > 0) terminal.note("run it again: what is registered already stays as it is");
  }
  return { outcomes: done.outcomes, exitCode: worstExitCode(done.outcomes.map(({ exitCode }) => exitCode)) };
}

/** The same without a word: answers the outcomes, and what broke the publish off. */
export async function publishAll(
  client: Client,
  { documents, sources, isDryRun }: Omit<Publication, "texts">,
  onProgress: (done: number) => void,
): Promise<PublishOutcome> {
  const callers = documents.filter(({ kind }) => kind === "agent" || kind === "workflow");
  const callables = documents.filter((source) => !callers.includes(source));
  let done = 0;
  const update = (more: number) => onProgress(done + more);
  const first = await publishDocuments(client, callables, { isDryRun }, update);
  done += callables.length;
  const then = await publishSources(client, sources, { isDryRun, brokenOff: first.failure }, update);
  done += sources.length;
  const last = await publishDocuments(client, callers, { isDryRun, brokenOff: then.failure }, update);
  const parts = [first, then, last];
  const seqs = parts.flatMap(({ seq }) => seq ?? []);
  return {
    seq: seqs.length === 0 ? null : Math.max(...seqs),
    outcomes: parts.flatMap(({ outcomes }) => outcomes),
    failure: last.failure,
    slices: Math.max(first.slices, last.slices),
  };
}

function summary(counts: OutcomeCounts, isDryRun: boolean, url: string): string {
  const told = [
    `${counts.created} ${isDryRun ? "would be created" : "created"}`,
    `${counts.unchanged} unchanged`,
    `${counts.rejected} rejected`,
    ...(counts.not_sent === 0 ? [] : [`${counts.not_sent} not sent`]),
  ];
  return `${told.join(", ")} (${url})`;
}

/** A bar of how many files are answered for; nothing where nobody would see it. */
export function showProgress(terminal: Terminal, total: number): { update(done: number): void; stop(): void } {
  if (!terminal.showsProgress || total < 2) return { update: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar({
    format: "{bar} {value}/{total} files",
    stream: process.stderr,
    clearOnComplete: true,
    barCompleteChar: "━",
    barIncompleteChar: " ",
  });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
