import type { FailureCode } from "../contract/failure.ts";
import type { OciErrorCode } from "../contract/oci/failure.ts";

/**
 * What is noted of a request while it is answered: for the log, for metrics and for the audit log. Never what callers send in bodies, and never
 * secrets.
 */
export interface RequestNotes {
  /** The route's path with its parameters unfilled; null: it met none. */
  route: string | null;
  /** Why it was refused; null: it was not. */
  code: FailureCode | OciErrorCode | null;
  /** The bug or the outage that ended it; null: there was none. */
  error: unknown;
  /** Names, as their repositories are called, that who asks wanted to change and may not: of a batch, some may be so and others not. */
  refusedNames: string[];
  /** Of an act that has an entry in the audit log: what it was done to, where the path does not say it (`tokens/tok_…`). */
  subject: string | null;
  /** The same: who did it, where no caller is known. */
  actor: string | null;
  /** The same: a few facts. */
  details: Record<string, string | number | boolean | null | readonly string[]>;
}

/** Nothing yet. */
export function noNotes(): RequestNotes {
  return { route: null, code: null, error: null, refusedNames: [], subject: null, actor: null, details: {} };
}
