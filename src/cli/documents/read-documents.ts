import type { Issue } from "../../contract/issue.ts";
import {
  type DocumentKind,
  type Header,
  headerOf,
  kindOfDocument,
  noHeader,
  unknownDocumentText,
} from "../../domain/document/kind-of-document.ts";
import { type ReadDocument, readDocument } from "../../domain/document/read-document.ts";
import { withoutByteOrderMark } from "../../domain/document/source-characters.ts";
import { splitStream } from "../../domain/document/split-stream.ts";
import { notTextIssue, readTextFile } from "../files/read-text-file.ts";
import { standardInput } from "../find-files.ts";
import { sentName } from "../sources/sent-name.ts";

/** One document of the author's, in its file. */
export interface SourceDocument {
  file: string;
  /** Which document of the file, from 0. */
  position: number;
  /** The file's name as the registry is told it; empty where the file is not this document alone. */
  sentAs: string;
  text: string;
  /** The line of the file on which `text` begins. */
  firstLine: number;
  /** Null when the text is no document at all; then `issues` say why. */
  document: ReadDocument | null;
  /** Null when it is of no kind that is known; then `issues` say so. */
  kind: DocumentKind | null;
  header: Header;
  /** What reading found; lines are the file's. */
  issues: Issue[];
}

/** The text of a file by its path, for showing lines of it. */
export type Sources = Map<string, string>;

/** Reads files into documents. What a file's text gets wrong is in the issues; a file that cannot be read at all is refused. */
export async function readDocuments(
  files: readonly string[],
): Promise<{ documents: SourceDocument[]; sources: Sources }> {
  const documents: SourceDocument[] = [];
  const sources: Sources = new Map();
  for (const file of files) {
    const { name, text: written } = await readTextFile(file);
    if (written === null) {
      documents.push(notText(name));
      continue;
    }
    // A mark in the middle of the stream that is sent would be a character of a document.
    const text = withoutByteOrderMark(written);
    sources.set(name, text);
    const parts = splitStream(text);
    const sentAs = parts.length === 1 && file !== standardInput ? sentName(file) : "";
    for (const [position, part] of parts.entries()) {
      documents.push(readOne({ file: name, position, sentAs, text: part.text, firstLine: part.firstLine }));
    }
  }
  return { documents, sources };
}

/** An issue of a document's text, moved to where that text stands. */
export function moveIssue(found: Issue, byLines: number): Issue {
  return found.line === null ? found : { ...found, line: found.line + byLines };
}

function readOne(part: Pick<SourceDocument, "file" | "position" | "sentAs" | "text" | "firstLine">): SourceDocument {
  const { text, firstLine } = part;
  const { document, issues } = readDocument(text);
  const moved = issues.map((found) => moveIssue(found, firstLine - 1));
  const read = { ...part, document };
  if (document === null) return { ...read, kind: null, header: noHeader, issues: moved };
  const kind = kindOfDocument(document);
  if (kind === null) moved.push(unknownDocument(document, firstLine));
  return { ...read, kind, header: headerOf(kind, document), issues: moved };
}

function unknownDocument(document: ReadDocument, firstLine: number): Issue {
  const place = document.place("");
  return {
    severity: "error",
    path: "",
    line: place === null ? firstLine : place.line + firstLine - 1,
    column: place?.column ?? 1,
    code: "unknown_document",
    ...unknownDocumentText(document),
  };
}

function notText(file: string): SourceDocument {
  const read = { file, position: 0, sentAs: "", text: "", firstLine: 1 };
  return { ...read, document: null, kind: null, header: noHeader, issues: [notTextIssue] };
}
