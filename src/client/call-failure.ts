import type { Problem } from "../contract/failure.ts";

/** Why a call has no answer. */
export type CallFailureReason =
  /** The registry refused or failed, and said how. */
  | { kind: "refused"; status: number; problem: Problem; retryAfterSeconds: number | null }
  /** The request does not fit the route; nothing was sent. */
  | { kind: "malformed"; where: "params" | "query" | "body"; path: string }
  /** No connection. */
  | { kind: "unreachable" }
  | { kind: "timed_out"; timeoutMs: number }
  /** Something answered, but not what a registry would. */
  | { kind: "unreadable"; status: number };

/** What `Client.call` throws. `problem` is there when the registry itself refused. */
export class CallFailure extends Error {
  readonly reason: CallFailureReason;

  constructor(message: string, reason: CallFailureReason, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = "CallFailure";
    this.reason = reason;
  }

  get problem(): Problem | null {
    return this.reason.kind === "refused" ? this.reason.problem : null;
  }

  get status(): number | null {
    return this.reason.kind === "refused" || this.reason.kind === "unreadable" ? this.reason.status : null;
  }
}
