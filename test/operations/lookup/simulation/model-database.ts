import type { Announcement, Changes } from "../../../../src/contract/announcement/announcement.ts";
import type { NameIndex } from "../../../../src/contract/artifact/name-index.ts";

/** One commit of a name: its `revision`-th. */
export interface Commit {
  seq: number;
  name: string;
  revision: number;
  /** True time, in ms. */
  at: number;
}

/** D1's primary: the order of change and the state of each name. A name's state is told by the number of its commits. */
export class ModelDatabase {
  isUp = true;
  readonly commits: Commit[] = [];
  readonly #byName = new Map<string, Commit[]>();

  get headSeq(): number {
    return this.commits.length;
  }

  commit(name: string, at: number): Commit {
    const ofName = this.commitsOf(name);
    const commit = { seq: this.headSeq + 1, name, revision: ofName.length + 1, at };
    this.commits.push(commit);
    this.#byName.set(name, [...ofName, commit]);
    return commit;
  }

  commitsOf(name: string): readonly Commit[] {
    return this.#byName.get(name) ?? [];
  }

  /** As the real pull: the newest `most`, with `since` raised to what was left out. */
  pull(since: number, most: number): Changes {
    const announcements = this.commits.slice(since).slice(-most).map(announcementOf);
    const first = announcements[0];
    const isCut = announcements.length === most && first !== undefined;
    return { since: isCut ? first.seq - 1 : since, seq: announcements.at(-1)?.seq ?? since, announcements };
  }

  /** The index as a lookup reads it: true at the newest seq. */
  index(name: string): NameIndex {
    return indexAt(name, this.commitsOf(name).length, this.headSeq);
  }
}

export function announcementOf(commit: Commit): Announcement {
  return { seq: commit.seq, kind: "template", name: commit.name };
}

/** The index of a name that has `revision` commits: its one version's patch number tells how many. */
export function indexAt(name: string, revision: number, seq: number): NameIndex {
  const digest = `sha256:${"0".repeat(64)}`;
  const at = "2026-01-01T00:00:00Z";
  const entry = { digest, state: "live", notice: null, published_at: at, published_by: "simulation" } as const;
  const versions = revision === 0 ? [] : [{ ...entry, version: `1.0.${revision}` }];
  return { kind: "template", name, seq, as_of: at, versions, tags: {} };
}

export function revisionOf(index: NameIndex): number {
  return Number(index.versions[0]?.version.split(".")[2] ?? 0);
}
