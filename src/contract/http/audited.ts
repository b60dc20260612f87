import type { Route } from "./route.ts";

/**
 * Whether using a route leaves an entry in the audit log, and when. `by_commit`: each change of a name leaves one in the very commit.
 * `before_answer`: whoever is answered knows that it is written. `after_answer`: what it made is a record of its own that never changes (a run, an
 * entity, a file), so nobody waits for the entry. Refusals of known callers (403) leave one everywhere.
 */
export type Audited = "by_commit" | "before_answer" | "after_answer" | "never";

/** What the route says; else what its access tells. Reading leaves nothing, and neither does what is open or asks only to read. */
export function auditedOf({ audited, method, access }: Pick<Route, "audited" | "method" | "access">): Audited {
  if (audited !== undefined) return audited;
  if (method === "GET" || access === "open" || access === "read") return "never";
  if (access === "publish") return "by_commit";
  return access === "run" ? "after_answer" : "before_answer";
}
