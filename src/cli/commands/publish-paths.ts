import cliProgress from "cli-progress";
import { findDocuments } from "../documents/find-documents.ts";
import { type PublishOutcome, publishDocuments } from "../documents/publish-documents.ts";
import { readDocuments } from "../documents/read-documents.ts";
import { type ExitCode, worstExitCode } from "../exit-codes.ts";
import { describeFailure } from "../report-failure.ts";
import type { Session } from "../session.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { count } from "../terminal/plain-text.ts";
import { renderOutcome } from "../terminal/render-outcome.ts";

/** What `publish` and `plan` do: read, send in order, print each document's outcome and the sum of them. */
export async function publishPaths(session: Session, paths: readonly string[], isDryRun: boolean): Promise<ExitCode> {
  const { terminal } = session;
  const { documents, sources } = await readDocuments(await findDocuments(paths));
  const client = session.client();
  const progress = showProgress(terminal, documents.length);
  const done = await publishDocuments(client, documents, isDryRun, progress.update).finally(progress.stop);
  const counts = countOutcomes(done);
  // Nothing to tell about any document: the failure is the whole result.
  if (counts.not_sent === documents.length) throw done.failure;
  const results = done.outcomes.map(({ exitCode: _, ...outcome }) => outcome);
  terminal.answer({ dry_run: isDryRun, seq: done.seq, counts, results }, () => {
    const lines = done.outcomes.map((one) => renderOutcome(one, sources.get(one.file), isDryRun, terminal.colors));
    return [...lines, summary(counts, isDryRun, client.url)].join("\n");
  });
  if (isDryRun && done.slices > 1) {
    terminal.warn(
      `note: ${count(documents.length, "document")} did not fit one dry run; documents of a later part did not see the new ones of an earlier part, so a missing parent may be there after all`,
    );
  }
  if (done.failure !== undefined) {
    terminal.warn(`${terminal.colors.red("error")}  broken off: ${describeFailure(done.failure).message}`);
    if (!isDryRun && counts.created > 0) terminal.note("run it again: what is registered already stays as it is");
  }
  return worstExitCode(done.outcomes.map(({ exitCode }) => exitCode));
}

type Counts = Record<"created" | "unchanged" | "rejected" | "not_sent", number>;

function countOutcomes({ outcomes }: PublishOutcome): Counts {
  const counts: Counts = { created: 0, unchanged: 0, rejected: 0, not_sent: 0 };
  for (const { status } of outcomes) counts[status] += 1;
  return counts;
}

function summary(counts: Counts, isDryRun: boolean, url: string): string {
  const told = [
    `${counts.created} ${isDryRun ? "would be created" : "created"}`,
    `${counts.unchanged} unchanged`,
    `${counts.rejected} rejected`,
    ...(counts.not_sent === 0 ? [] : [`${counts.not_sent} not sent`]),
  ];
  return `${told.join(", ")} (${url})`;
}

function showProgress(terminal: Terminal, total: number): { update(done: number): void; stop(): void } {
  if (!terminal.showsProgress || total < 2) return { update: () => undefined, stop: () => undefined };
  const bar = new cliProgress.SingleBar({
    format: "{bar} {value}/{total} documents",
    stream: process.stderr,
    clearOnComplete: true,
    barCompleteChar: "━",
    barIncompleteChar: " ",
  });
  bar.start(total, 0);
  return { update: (done) => bar.update(done), stop: () => bar.stop() };
}
