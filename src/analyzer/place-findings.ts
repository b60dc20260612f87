import type { Issue } from "../contract/issue.ts";
import { limits } from "../contract/limits.ts";
import type { Finding, Stage } from "./finding.ts";
import { type SourcePlaces, sourcePlaces } from "./source-places.ts";

/** Characters of a line that an issue shows. */
const snippetLength = 200;

const stageOrder: readonly Stage[] = ["syntax", "imports", "decorator", "signature", "types", "docs"];

/**
 * Findings as issues: with lines, and columns in Unicode code points, both from 1; with the line itself; in the order of the source.
 * `code` is the text that the spans are in. Of more than an answer carries, errors stay before warnings.
 */
export function placeFindings(code: string, findings: readonly Finding[]): Issue[] {
  const places = sourcePlaces(code);
  return mostImportant(findings)
    .toSorted(
      (a, b) =>
        a.span.from - b.span.from ||
        stageOrder.indexOf(a.stage) - stageOrder.indexOf(b.stage) ||
        a.span.to - b.span.to ||
        compareText(a.code, b.code),
    )
    .map((finding) => {
      const start = places.placeOf(finding.span.from);
      const end = places.placeOf(Math.max(finding.span.from, finding.span.to));
      return {
        severity: finding.severity,
        path: finding.path,
        line: start.line,
        column: start.column,
        code: finding.code,
        message: finding.message.toWellFormed(),
        suggestion: finding.suggestion?.toWellFormed() ?? null,
        stage: finding.stage,
        end_line: end.line,
        end_column: end.column,
        snippet: snippetAt(code, places, start.line, finding.span.from),
      };
    });
}

function mostImportant(findings: readonly Finding[]): readonly Finding[] {
  if (findings.length <= limits.issues) return findings;
  const errors = findings.filter(({ severity }) => severity === "error");
  const warnings = findings.filter(({ severity }) => severity === "warning");
  return [...errors, ...warnings].slice(0, limits.issues);
}

/** The line; of a long one, the part around what is meant, without half a surrogate pair. */
function snippetAt(code: string, places: SourcePlaces, line: number, offset: number): string {
  const { from, to } = places.lineSpan(line);
  const text = code.slice(from, to);
  if (text.length <= snippetLength) return text.toWellFormed();
  const first = Math.max(0, Math.min(offset - from - 80, text.length - snippetLength));
  return text.slice(first, first + snippetLength).toWellFormed();
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
