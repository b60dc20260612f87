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
  const readings = written.slice(0, limits.batchDocuments).map((composed) => reading(composed, text, lineOf));
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

function reading(composed: ComposedDocument, text: string, lineOf: (offset: number) => Place): StreamReading {
  const [from, , to] = composed.range;
  if (to - from > limits.documentBytes || utf8SizeBytes(text.slice(from, to)) > limits.documentBytes) {
    const message = `this document of the batch is larger than ${limits.documentBytes / 1024} KiB`;
    return refused("document_too_large", startOf(composed, lineOf), message, "move large texts out of the document");
  }
  return { ...documentOfYaml(composed, lineOf), source: ownSource(composed, text) };
}

/** A document's part of the stream, comments before it included, without the marks that separate documents. */
function ownSource(composed: ComposedDocument, text: string): string {
  const [from, , to] = composed.range;
  // The first document's range starts at its content: what stands before that is its own too.
  const isFirst = !text.slice(0, from).includes("\n---") && !text.startsWith("---");
  return text
    .slice(isFirst ? 0 : from, to)
    .replace(/^---[ \t]*\r?\n/, "")
    .replace(/(^|\n)\.\.\.[ \t]*\r?\n?$/, "$1");
}

function startOf(composed: ComposedDocument, lineOf: (offset: number) => Place): Place {
  return lineOf(Math.max(0, composed.range[0]));
}

function refused(code: DocumentIssueCode, place: Place, message: string, suggestion: string): StreamReading {
  const found: Issue = { severity: "error", path: "", ...place, code, message, suggestion };
  return { document: null, issues: [found], source: "" };
}
