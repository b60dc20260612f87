import { limits } from "../../contract/limits.ts";
import { composeYaml } from "./compose-yaml.ts";
import type { DocumentIssueCode } from "./document-issue-codes.ts";
import { documentOfYaml, isEmptyDocument, issueAt } from "./document-of-yaml.ts";
import type { Place, PlacedDocument, Reading } from "./placed-document.ts";
import { findBadCharacter, withoutByteOrderMark } from "./source-characters.ts";
import { sourceLines } from "./source-lines.ts";
import { utf8SizeBytes } from "./utf8-size.ts";

/** What `readDocument` and `documentOfValue` give. */
export type ReadDocument = PlacedDocument;

/**
 * Reads one document from YAML 1.2 (core schema) or JSON, which YAML 1.2 contains. Never throws. A syntax error stops the reading
 * and is all that is reported.
 */
export function readDocument(source: string): Reading {
  if (utf8SizeBytes(source) > limits.documentBytes) return refused(tooLarge, startOfSource);
  const text = withoutByteOrderMark(source);
  const lineOf = sourceLines(text);
  const bad = findBadCharacter(text);
  if (bad !== null) return { document: null, issues: [issueAt(bad, lineOf)] };
  const { documents, stopped } = composeYaml(text);
  if (stopped !== null) return { document: null, issues: [issueAt(stopped, lineOf)] };
  const written = documents.filter((composed) => !isEmptyDocument(composed));
  const [only, second] = written;
  if (only === undefined) return refused(nothingWritten, startOfSource);
  if (second !== undefined) return refused(severalDocuments(written.length), lineOf(Math.max(0, second.range[0])));
  return documentOfYaml(only, lineOf);
}

interface Refusal {
  code: DocumentIssueCode;
  message: string;
  suggestion: string;
}

const startOfSource: Place = { line: 1, column: 1 };

const tooLarge: Refusal = {
  code: "document_too_large",
  message: `the document is larger than ${limits.documentBytes / 1024} KiB (${limits.documentBytes} bytes)`,
  suggestion: "move large texts out of the document",
};

const nothingWritten: Refusal = {
  code: "empty_document",
  message: "the document is empty: it holds nothing but white space or comments",
  suggestion: "start it with the key of its kind, such as template:",
};

function severalDocuments(count: number): Refusal {
  return {
    code: "several_documents",
    message: `one document is expected here; the source holds ${count}, and the second starts here`,
    suggestion: "send several documents to the :batch route, or split the file",
  };
}

function refused(refusal: Refusal, place: Place): Reading {
  return { document: null, issues: [{ severity: "error", path: "", ...place, ...refusal }] };
}
