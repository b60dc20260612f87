import type { ArtifactKind } from "../../contract/artifact/kind.ts";
import type { FileOutcome } from "../../contract/webhook/delivery.ts";

/** What a file published. */
export interface FileArtifact {
  kind: ArtifactKind;
  name: string;
  version: string | null;
}

/** A file as the last sync of its source left it. */
export interface KnownFile {
  path: string;
  /** The host's own name of the content. */
  blob: string;
  artifacts: readonly FileArtifact[];
}

/** A file at the pushed commit. */
export interface TreeFile {
  path: string;
  blob: string;
}

/** What a push does to one file. */
export interface FileChange {
  path: string;
  change: FileOutcome["change"];
  previousPath: string | null;
  /** Null: the file is gone. */
  blob: string | null;
  /** What it published before. */
  artifacts: readonly FileArtifact[];
}

/**
 * What became of a source's files between its last sync and a commit, in the order of their paths. One that is gone and one that is new with
 * the same content are one that was renamed.
 */
export function diffFiles(known: readonly KnownFile[], tree: readonly TreeFile[]): FileChange[] {
  const before = new Map(known.map((file) => [file.path, file]));
  const after = new Map(tree.map((file) => [file.path, file]));
  const gone = known.filter(({ path }) => !after.has(path)).sort(byPath);
  const movable = Map.groupBy(gone, ({ blob }) => blob);
  const changes: FileChange[] = [];
  const moved = new Set<string>();
  for (const { path, blob } of [...after.values()].sort(byPath)) {
    const was = before.get(path);
    if (was?.blob === blob) continue;
    if (was !== undefined) {
      changes.push({ path, change: "modified", previousPath: null, blob, artifacts: was.artifacts });
      continue;
    }
    const from = movable.get(blob)?.shift();
    if (from !== undefined) moved.add(from.path);
    changes.push(
      from === undefined
        ? { path, change: "added", previousPath: null, blob, artifacts: [] }
        : { path, change: "renamed", previousPath: from.path, blob, artifacts: from.artifacts },
    );
  }
  for (const { path, artifacts } of gone) {
    if (!moved.has(path)) changes.push({ path, change: "removed", previousPath: null, blob: null, artifacts });
  }
  return changes.sort(byPath);
}

function byPath(a: { path: string }, b: { path: string }): number {
  return a.path < b.path ? -1 : a.path > b.path ? 1 : 0;
}
