import type { SourceLanguage } from "../../contract/function/runtime.ts";
import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import { type DocumentKind, kindOfDocument } from "../document/kind-of-document.ts";
import type { Reading } from "../document/placed-document.ts";
import { readDocument } from "../document/read-document.ts";
import { withoutByteOrderMark } from "../document/source-characters.ts";
import { splitStream } from "../document/split-stream.ts";
import { languageOfFile } from "../function/source-language.ts";

/** One document of a pushed file. */
export interface PushedDocument {
  kind: DocumentKind;
  reading: Reading;
  text: string;
  /** The line of the file on which `text` begins. */
  firstLine: number;
}

/** What a pushed file holds. */
export type PushedContent =
  | { type: "documents"; documents: PushedDocument[] }
  | { type: "source"; language: SourceLanguage; text: string }
  /** Nothing of ours. */
  | { type: "skipped"; message: string }
  | { type: "rejected"; message: string; issues: Issue[] };

/**
 * What a file holds, by its path and text. YAML and JSON that is none of ours is left alone, what is broken too, unless the file published
 * something before (`isOurs`) or is nearly ours.
 */
export function readPushedFile(path: string, text: string, isOurs: boolean): PushedContent {
  const language = languageOfFile(path);
  if (language !== null) return { type: "source", language, text };
  const parts = splitStream(withoutByteOrderMark(text));
  if (parts.length > limits.batchDocuments) {
    return {
      type: "skipped",
      message: `it holds ${parts.length} documents; ${limits.batchDocuments} are read of one file`,
    };
  }
  const read = parts.map((part) => {
    const reading = readDocument(part.text);
    return { ...part, reading, kind: reading.document === null ? null : kindOfDocument(reading.document) };
  });
  const documents = read.flatMap(({ kind, ...part }) => (kind === null ? [] : [{ kind, ...part }]));
  const broken = read.filter(({ reading }) => reading.document === null && reading.issues.some(isNotEmptiness));
  if (broken.length > 0 && (isOurs || documents.length > 0 || looksLikeOurs(text))) {
    const issues = broken.flatMap(({ reading, firstLine }) =>
      reading.issues.map((found) => moveDown(found, firstLine - 1)),
    );
    return { type: "rejected", message: issues[0]?.message ?? "it cannot be read", issues };
  }
  if (documents.length > 0) return { type: "documents", documents };
  const what = broken.length > 0 ? "it cannot be read as YAML or JSON, and does not look like" : "it holds";
  return { type: "skipped", message: `${what} ${broken.length > 0 ? "a" : "no"} template, workflow or agent card` };
}

/** An issue of a part of a file, moved to where that part stands. */
export function moveDown(found: Issue, byLines: number): Issue {
  return {
    ...found,
    ...(found.line === null ? {} : { line: found.line + byLines }),
    ...(found.end_line === undefined ? {} : { end_line: found.end_line + byLines }),
  };
}

function isNotEmptiness({ code }: Issue): boolean {
  return code !== "empty_document";
}

/** Whether a text that nobody can read has a key of ours near its left edge. */
function looksLikeOurs(text: string): boolean {
  return /^(?:\{\s*|\s{0,2})["']?(?:template|steps|skills)["']?\s*:/m.test(text);
}
