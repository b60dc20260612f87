import type { FileOutcome, IncomingDelivery, PushOutcome } from "../../contract/webhook/delivery.ts";

/** What a commit shows. */
export interface CommitStatus {
  state: "pending" | "success" | "failure" | "error";
  /** One line, at most 140 characters: GitHub takes no more. */
  description: string;
}

const descriptionLength = 140;

/** What a commit shows while its push is being done. */
export const pendingStatus: CommitStatus = { state: "pending", description: "the registry is reading the push" };

/** What a commit shows of a delivery that has ended; null: nothing. */
export function commitStatusOf(
  delivery: Pick<IncomingDelivery, "state" | "reason"> & { outcome: PushOutcome | null },
): CommitStatus | null {
  const { state, reason, outcome } = delivery;
  if (state !== "succeeded" && state !== "failed") return null;
  if (state === "succeeded") {
    return { state: "success", description: clip(outcome === null ? "done" : successText(outcome)) };
  }
  const isRefused = outcome?.files.some(({ status }) => status === "rejected") === true;
  return { state: isRefused ? "failure" : "error", description: clip(reason ?? "the registry could not do the push") };
}

/** What was done, in words: `3 published, 1 deprecated`. */
export function successText({ counts, dry_run: isDryRun }: PushOutcome): string {
  const told = Object.entries(words).flatMap(([status, word]) => {
    const count = counts[status] ?? 0;
    return count === 0 ? [] : [`${count} ${word}`];
  });
  if (told.length === 0) return isDryRun ? "nothing would change" : "nothing to publish";
  return isDryRun ? `would be: ${told.join(", ")}` : told.join(", ");
}

const words = {
  created: "published",
  restored: "restored",
  deprecated: "deprecated",
  unchanged: "unchanged",
} as const satisfies Partial<Record<FileOutcome["status"], string>>;

/** Why a push was refused, in words: `templates/a.yaml:12 min is above max (and 2 more)`. Null: it was not. */
export function refusalText(files: readonly FileOutcome[]): string | null {
  const findings = files
    .filter(({ status }) => status === "rejected")
    .flatMap(({ path, message, issues }) => {
      const errors = issues.filter(({ severity }) => severity === "error");
      if (errors.length === 0) return [`${path} ${message ?? "is refused"}`];
      return errors.map((issue) => `${path}${issue.line === null ? "" : `:${issue.line}`} ${issue.message}`);
    });
  const [first] = findings;
  if (first === undefined) return null;
  const more = findings.length === 1 ? "" : ` (and ${findings.length - 1} more)`;
  // The first finding gives way, so that how many there are is always told.
  return `${clip(first, descriptionLength - more.length)}${more}`;
}

/** One line of at most so many UTF-16 units, cut between characters. */
function clip(text: string, most = descriptionLength): string {
  const line = text.replaceAll(/[\s\p{Cc}]+/gu, " ").trim();
  if (line.length <= most) return line;
  const cut = line.slice(0, most - 1);
  return `${cut.isWellFormed() ? cut : cut.slice(0, -1)}…`;
}
