import { limits } from "../../contract/limits.ts";
import type { FileOutcome, PushOutcome } from "../../contract/webhook/delivery.ts";
import type { FileArtifact, FileChange } from "./diff-files.ts";

/** What became of one changed file that was read. */
export type ReadOutcome = Pick<FileOutcome, "artifacts" | "code" | "message" | "issues"> & {
  status: "created" | "unchanged" | "rejected" | "skipped";
};

/** What became of a push's names. */
export interface NamesOutcome {
  gone: readonly Pick<FileArtifact, "kind" | "name">[];
  /** Versions that were deprecated, and are live again. */
  restored: readonly { kind: string; name: string; version: string }[];
  /** Whether removals are of no consequence here. */
  ignoresRemovals: boolean;
}

/** The outcome of each file. Of a push that is `held`, what is good in itself waits for what is not. */
export function fileOutcomes(
  changes: readonly FileChange[],
  read: ReadonlyMap<string, ReadOutcome>,
  names: NamesOutcome,
  isHeld: boolean,
): FileOutcome[] {
  return changes.map((change) => {
    const outcome = outcomeOf(change, read.get(change.path), names);
    const isHeldBack = isHeld && ["created", "restored", "deprecated"].includes(outcome.status);
    return isHeldBack ? { ...outcome, status: "held", message: "another file of the push is refused" } : outcome;
  });
}

/** Files by status. */
export function countsOf(files: readonly FileOutcome[]): PushOutcome["counts"] {
  const counts: PushOutcome["counts"] = {};
  for (const { status } of files) counts[status] = (counts[status] ?? 0) + 1;
  return counts;
}

/** Those that failed or changed something come first where there are more than are told. */
export function toldFiles(files: readonly FileOutcome[]): FileOutcome[] {
  if (files.length <= limits.filesPerPush) return [...files];
  const isDull = ({ status }: FileOutcome) => status === "skipped" || status === "unchanged";
  return [...files.filter((file) => !isDull(file)), ...files.filter(isDull)].slice(0, limits.filesPerPush);
}

function outcomeOf(change: FileChange, read: ReadOutcome | undefined, names: NamesOutcome): FileOutcome {
  const { path, previousPath } = change;
  const told = { path, change: change.change, previous_path: previousPath };
  const nothing = { code: null, message: null, issues: [] };
  if (change.change === "removed") {
    return { ...told, ...nothing, artifacts: [...change.artifacts], ...removalOf(change, names) };
  }
  if (change.change === "renamed")
    return { ...told, ...nothing, artifacts: [...change.artifacts], status: "unchanged" };
  if (read === undefined) return { ...told, ...nothing, artifacts: [], status: "skipped" };
  const { status, artifacts, code, message, issues } = read;
  const isBack = artifacts.some((one) =>
    names.restored.some(({ kind, name, version }) => kind === one.kind && name === one.name && version === one.version),
  );
  const dropped = status === "rejected" ? [] : goneOf(change.artifacts, names);
  const lost = dropped.map(({ kind, name }) => `${kind} ${name}`);
  return {
    ...told,
    ...{ artifacts, code, issues },
    status: status === "unchanged" && isBack ? "restored" : status,
    message:
      lost.length === 0 || names.ignoresRemovals ? message : `it gives no ${lost.join(", ")} any more: deprecated`,
  };
}

function removalOf({ artifacts }: FileChange, names: NamesOutcome): Pick<FileOutcome, "status" | "message"> {
  if (artifacts.length === 0) return { status: "skipped", message: "it had published nothing" };
  if (names.ignoresRemovals) return { status: "skipped", message: "removals are ignored: what it published stays" };
  if (goneOf(artifacts, names).length > 0) return { status: "deprecated", message: null };
  return { status: "skipped", message: "another file gives what it published" };
}

function goneOf(artifacts: readonly FileArtifact[], { gone }: NamesOutcome): FileArtifact[] {
  return artifacts.filter(({ kind, name }) => gone.some((one) => one.kind === kind && one.name === name));
}
