/** What a webhook says, as far as its source goes. */
export type HookMeaning =
  | { type: "pong" }
  /** Nothing follows from it. */
  | { type: "ignored"; reason: string }
  | { type: "push"; event: string; ref: string | null; commit: string | null; pusher: string | null };

/** What hooks of a source are held against. */
export interface WatchedBranch {
  repository: string;
  branch: string;
}
