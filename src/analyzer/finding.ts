import type { Issue } from "../contract/issue.ts";

/** A stretch of the source: offsets in UTF-16 units, `to` exclusive. */
export interface Span {
  from: number;
  to: number;
}

/** What kind of check found something, in the order in which they are made. */
export type Stage = "syntax" | "imports" | "decorator" | "signature" | "types" | "docs";

/** Something found in a source, before its place is told as line and column. */
export interface Finding {
  stage: Stage;
  severity: Issue["severity"];
  /** Stable, lower-case with underscores; docs/functions.md lists them. */
  code: string;
  message: string;
  /** What to do about it; null when the message says it. */
  suggestion: string | null;
  span: Span;
  /** JSON Pointer to what it is about, like `/functions/sharpen/parameters/sigma`; empty for the file as a whole. */
  path: string;
}
