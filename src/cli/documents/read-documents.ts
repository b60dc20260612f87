import type { Issue } from "../../contract/issue.ts";
import { type ReadDocument, readDocument } from "../../domain/document/read-document.ts";
import { withoutByteOrderMark } from "../../domain/document/source-characters.ts";
import { templateHeader } from "../../domain/template/template-header.ts";
import { notTextIssue, readTextFile } from "../files/read-text-file.ts";
import { splitStream } from "./split-stream.ts";

/** What a document says about itself before it is checked. */
export type Header = Omit<ReturnType<typeof templateHeader>, "issues">;

/** One document of the author's, in its file. */
export interface SourceDocument {
  file: string;
  /** Which document of the file, from 0. */
  position: number;
  text: string;
  /** The line of the file on which `text` begins. */
  firstLine: number;
  /** Null when the text is no document at all; then `issues` say why. */
  document: ReadDocument | null;
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
    for (const [position, part] of splitStream(text).entries()) {
      documents.push(readOne(name, position, part.text, part.firstLine));
    }
  }
  return { documents, sources };
}

/** An issue of a document's text, moved to where that text stands. */
export function moveIssue(found: Issue, byLines: number): Issue {
  return found.line === null ? found : { ...found, line: found.line + byLines };
}

function readOne(file: string, position: number, text: string, firstLine: number): SourceDocument {
  const { document, issues } = readDocument(text);
  const header: Header = document === null ? noHeader : templateHeader(document);
  const moved = issues.map((found) => moveIssue(found, firstLine - 1));
  return { file, position, text, firstLine, document, header, issues: moved };
}

const noHeader: Header = { id: null, version: null, extends: null };

function notText(file: string): SourceDocument {
  return { file, position: 0, text: "", firstLine: 1, document: null, header: noHeader, issues: [notTextIssue] };
}
