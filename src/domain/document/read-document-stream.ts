import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import { type ComposedDocument, composeYaml } from "./compose-yaml.ts";
import type { DocumentIssueCode } from "./document-issue-codes.ts";
import { documentOfYaml, isEmptyDocument, issueAt } from "./document-of-yaml.ts";
import type { Place, Reading } from "./placed-document.ts";
import { findBadCharacter, withoutByteOrderMark } from "./source-characters.ts";
import { sourceLines } from "./source-lines.ts";
import { utf8SizeBytes } from "./utf8-size.ts";

/** A document of a stream, with its own part of the source. */
export interface StreamReading extends Reading {
  source: string;
}

/**
 * Reads a stream of YAML documents for a batch: one reading each, in order, with places in the whole stream. Documents that hold
 * nothing are skipped, so a stray `---` does no harm. What stops the stream itself is the last reading.
 */
export function readDocumentStream(source: string): StreamReading[] {
  const start = { line: 1, column: 1 };
  if (utf8SizeBytes(source) > limits.batchBytes) {
    const most = `${limits.batchBytes / 1024 / 1024} MiB`;
    return [refused("document_too_large", start, `the batch is larger than ${most}`, "send it in parts")];
  }
  const text = withoutByteOrderMark(source);
  const lineOf = sourceLines(text);
  const bad = findBadCharacter(text);
  if (bad !== null) return [{ document: null, issues: [issueAt(bad, lineOf)], source: "" }];
  const { documents, stopped } = composeYaml(text);
  const written = documents.filter((composed) => !isEmptyDocument(composed));
  const readings = written.slice(0, limits.batchDocuments).map((composed) => {
    const before = documents[documents.indexOf(composed) - 1];
    return reading(composed, before?.range[2] ?? 0, text, lineOf);
  });
  const next = written[limits.batchDocuments];
  if (next !== undefined) {
    const message = `the batch holds ${written.length} documents; ${limits.batchDocuments} are read, and the rest starts here`;
    readings.push(refused("too_many_documents", startOf(next, lineOf), message, "send it in parts"));
  }
  if (stopped !== null) readings.push({ document: null, issues: [issueAt(stopped, lineOf)], source: "" });
  if (readings.length === 0) {
    readings.push(refused("empty_document", start, "the batch is empty: no document was found", "write at least one"));
  }
  return readings;
}

function reading(
  composed: ComposedDocument,
  start: number,
  text: string,
  lineOf: (offset: number) => Place,
): StreamReading {
  const [from, , to] = composed.range;
  if (to - from > limits.documentBytes || utf8SizeBytes(text.slice(from, to)) > limits.documentBytes) {
    const message = `this document of the batch is larger than ${limits.documentBytes / 1024} KiB`;
    return refused("document_too_large", startOf(composed, lineOf), message, "move large texts out of the document");
  }
  return { ...documentOfYaml(composed, lineOf), source: ownSource(composed, start, text) };
}

/** A document's part of the stream as its author wrote it: with the comments before it, without the marks that part it from others. */
function ownSource(composed: ComposedDocument, start: number, text: string): string {
  // A document's range starts at its content: what stands between the one before it and that is its own too.
  const ended = /^\.\.\.[ \t]*\r?\n/.exec(text.slice(start, start + 100))?.[0] ?? "";
  const part = text.slice(start + ended.length, composed.range[2]).replace(/(^|\n)\.\.\.[ \t]*\r?\n?$/, "$1");
  // After `...`, and at the stream's own start, `---` parts nothing: it is how this document begins.
  const isParted =
    start > 0 && ended === "" && !/(^|\n)\.\.\.[ \t]*\r?\n$/.test(text.slice(Math.max(0, start - 100), start));
  return isParted ? part.replace(/^\s*---[ \t]*\r?\n/, "") : part;
}

function startOf(composed: ComposedDocument, lineOf: (offset: number) => Place): Place {
  return lineOf(Math.max(0, composed.range[0]));
}

function refused(code: DocumentIssueCode, place: Place, message: string, suggestion: string): StreamReading {
  const found: Issue = { severity: "error", path: "", ...place, code, message, suggestion };
  return { document: null, issues: [found], source: "" };
}
