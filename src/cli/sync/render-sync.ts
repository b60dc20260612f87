import type { Colors } from "../terminal/open-terminal.ts";
import { count, plainText } from "../terminal/plain-text.ts";
import { renderOutcome } from "../terminal/render-outcome.ts";
import type { SyncReport } from "./sync-checkout.ts";

/** What a sync does or did, for people: what is published, what changes its state, where the registry is otherwise, and the sum of it. */
export function renderSync(
  report: SyncReport,
  texts: ReadonlyMap<string, string>,
  url: string,
  colors: Colors,
): string {
  const { is_applied: isApplied, results, changes, drift } = report;
  // What stays as it is is counted; of hundreds of files it would hide the rest.
  const shown = results.filter(({ status, issues }) => status !== "unchanged" || issues.length > 0);
  const lines = shown.map((one) => renderOutcome(one, texts.get(one.file), !isApplied, colors));
  for (const { change, kind, name, version } of changes) {
    const word = isApplied ? change : change.slice(0, -1);
    const paint = change === "restored" ? colors.green : colors.yellow;
    lines.push(`${paint(word.padEnd(9))}  ${colors.bold(`${name} ${version}`)}  ${colors.dim(kind)}`);
  }
  if (drift.length > 0) lines.push("", `${count(drift.length, "difference")} that a sync leaves:`);
  for (const { drift: word, kind, name, version, message } of drift) {
    lines.push(
      `${colors.yellow(word.padEnd(10))} ${colors.bold(`${name} ${version}`)}  ${colors.dim(kind)}  ${plainText(message)}`,
    );
  }
  if (lines.length > 0) lines.push("");
  lines.push(summary(report, url));
  return lines.join("\n");
}

function summary({ is_applied: isApplied, in_sync: isInSync, from, counts, drift }: SyncReport, url: string): string {
  const commit = from.commit === null ? "" : ` at ${from.commit.slice(0, 12)}`;
  const between = `${from.label}${commit} and ${url}`;
  if (isInSync) return `in sync: ${between}, ${counts.unchanged} unchanged`;
  const would = isApplied ? "" : "would be ";
  const told = [
    ...some(counts.created, `${would}created`),
    ...some(counts.restored, `${would}restored`),
    ...some(counts.deprecated, `${would}deprecated`),
    `${counts.unchanged} unchanged`,
    ...some(counts.rejected, "rejected"),
    ...some(counts.not_sent, "not sent"),
    ...(drift.length === 0 ? [] : [count(drift.length, "difference")]),
  ];
  return `${told.join(", ")} (${between})`;
}

function some(number: number, word: string): string[] {
  return number === 0 ? [] : [`${number} ${word}`];
}
