import type { Finding, Span, Stage } from "../finding.ts";

/** A finding; its span alone is taken of what it stands at. */
export function findingOf(
  severity: Finding["severity"],
  stage: Stage,
  code: string,
  { from, to }: Span,
  message: string,
  suggestion: string | null = null,
  path = "",
): Finding {
  return { severity, stage, code, span: { from, to }, message, suggestion, path };
}
