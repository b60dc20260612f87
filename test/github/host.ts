import type { BareRepository } from "./bare-repository.ts";
import type { ApiFault } from "./faults.ts";
import type { CommitStatus } from "./statuses.ts";

/** What a token may do; like a fine-grained personal access token's permissions. */
export interface TokenRights {
  login: string;
  /** `owner/name`s; of other repositories that are private, it does not learn that they exist. */
  repositories: readonly string[];
  contents: "read" | "write";
  statuses: "read" | "write";
}

/** A host's state, which all that it serves shares. */
export interface Host {
  /** Where repositories are: what github.com is. */
  webUrl: string;
  /** Where the API is: what api.github.com is. */
  apiUrl: string;
  root: string;
  repositories: Map<string, BareRepository>;
  tokens: Map<string, TokenRights>;
  /** By repository and commit, newest last. */
  statuses: Map<string, CommitStatus[]>;
  /** Every request to the API, in order: what a client asked. */
  asked: AskedRequest[];
  /** What is broken now; null: nothing. */
  fault: ApiFault | null;
  /** From how many entries on a recursive tree is cut off. */
  treeLimit: number;
  nextId(): number;
}

/** A request as the API had it, and its answer's status; 0: it had none. */
export interface AskedRequest {
  method: string;
  path: string;
  login: string | null;
  status: number;
  at: number;
}
