import type { FileArtifact, FileChange, KnownFile } from "./diff-files.ts";

/** What a changed file publishes now; `isRefused`: it stays what it was. */
export interface FileGives {
  artifacts: readonly FileArtifact[];
  isRefused: boolean;
}

type Name = Pick<FileArtifact, "kind" | "name">;

/** What a push leaves of its source. */
export interface AfterPush {
  /** Files whose row is new or other, and paths that are gone. */
  update: { set: KnownFile[]; gone: string[] };
  /** Names that no watched file gives any more, and names that one gives that none gave before. */
  gone: Name[];
  back: Name[];
}

/** What a push leaves of its source's files and names. A refused file keeps what it gave, and is looked at again by the next push. */
export function afterPush(
  known: readonly KnownFile[],
  changes: readonly FileChange[],
  gives: ReadonlyMap<string, FileGives>,
): AfterPush {
  const set: KnownFile[] = [];
  const gone: string[] = [];
  for (const { path, previousPath, blob, change, artifacts } of changes) {
    if (change === "removed") gone.push(path);
    if (previousPath !== null) gone.push(previousPath);
    if (blob === null) continue;
    const now = change === "renamed" ? { artifacts, isRefused: false } : gives.get(path);
    if (now !== undefined && !now.isRefused) set.push({ path, blob, artifacts: now.artifacts });
  }
  const isOther = new Set([...gone, ...set.map(({ path }) => path)]);
  const given = namesOf([...known.filter(({ path }) => !isOther.has(path)), ...set]);
  const before = namesOf(known);
  return {
    update: { set, gone },
    gone: [...before].flatMap(([key, name]) => (given.has(key) ? [] : [name])),
    back: [...given].flatMap(([key, name]) => (before.has(key) ? [] : [name])),
  };
}

function namesOf(files: readonly KnownFile[]): Map<string, Name> {
  return new Map(
    files.flatMap(({ artifacts }) => artifacts.map(({ kind, name }) => [`${kind}/${name}`, { kind, name }] as const)),
  );
}
