import type { CommitStatus } from "../../domain/webhook/commit-status.ts";
import type { TreeFile } from "../../domain/webhook/diff-files.ts";
import type { CommitOrder } from "../../domain/webhook/judge-order.ts";

/** A file of a commit, as its host tells it. */
export interface HostFile extends TreeFile {
  type: "file" | "symlink" | "submodule";
  /** Null: the host does not tell. */
  sizeBytes: number | null;
}

/** What is asked of a host's API about one repository. Throws `HostAway` and `HostRefusal`. */
export interface HostClient {
  /** The commit that a branch stands at; null when there is no such branch. */
  head(branch: string): Promise<string | null>;
  /** How `commit` stands to `base`. */
  compare(base: string, commit: string): Promise<CommitOrder>;
  /** All files at a commit. */
  tree(commit: string): Promise<HostFile[]>;
  read(file: HostFile): Promise<Uint8Array>;
  postStatus(commit: string, status: PostedStatus): Promise<void>;
}

/** A commit's status: `context` is what tells it from others, `url` where people read more. */
export interface PostedStatus extends CommitStatus {
  context: string;
  url: string;
}

/** How a host's API is reached. */
export interface HostAccess {
  fetch: (url: string, init: RequestInit) => Promise<Response>;
  apiUrl: string;
  repository: string;
  credential: string | null;
  nowMs: () => number;
}

/** The host does not answer, or not now: to be tried again. */
export class HostAway extends Error {
  /** When it said that it would answer again. */
  readonly retryAfterSeconds: number | null;

  constructor(message: string, retryAfterSeconds: number | null = null) {
    super(message);
    this.name = "HostAway";
    this.retryAfterSeconds = retryAfterSeconds;
  }
}

/** The host refuses: somebody must change something. */
export class HostRefusal extends Error {
  readonly status: number;

  constructor(message: string, status: number) {
    super(message);
    this.name = "HostRefusal";
    this.status = status;
  }
}
