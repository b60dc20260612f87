import { Composer, type Document, Lexer, type ParsedNode, Parser } from "yaml";
import { limits } from "../../contract/limits.ts";
import type { DocumentIssueCode } from "./document-issue-codes.ts";

/** One document of a stream, as the YAML library composed it. */
export type ComposedDocument = Document.Parsed<ParsedNode>;

/** A finding that knows its offset in the source. */
export interface OffsetFinding {
  code: DocumentIssueCode;
  offset: number;
  path: string;
  message: string;
  suggestion: string | null;
}

/**
 * Composes a stream of YAML 1.2 documents. The lexer's tokens are watched on their way, so that text which nests too deeply or
 * holds too much is given up before the library recurses into it: `stopped` then says why, and the document it is in is left out.
 */
export function composeYaml(source: string): { documents: ComposedDocument[]; stopped: OffsetFinding | null } {
  const parser = new Parser();
  // Keys are compared by us: the library compares each with each, which takes minutes at the size limit.
  const composer = new Composer({ schema: "core", resolveKnownTags: false, uniqueKeys: false, prettyErrors: false });
  const documents: ComposedDocument[] = [];
  let stopped: OffsetFinding | null = null;
  let tokens = 0;
  let offset = 0;
  for (const lexeme of new Lexer().lex(source)) {
    tokens = lexeme === documentStart ? 0 : tokens + (isFiller(lexeme) ? 0 : 1);
    for (const token of parser.next(lexeme)) documents.push(...composer.next(token));
    if (!isMark(lexeme)) offset += lexeme.length;
    if (parser.stack.length > stackLimit) stopped = tooDeep(offset);
    else if (tokens > tokenLimit) stopped = tooMuch(offset);
    if (stopped !== null) {
      // The library still holds the last whole document.
      documents.push(...composer.end());
      return { documents, stopped };
    }
  }
  for (const token of parser.end()) documents.push(...composer.next(token));
  documents.push(...composer.end(true, source.length));
  return { documents, stopped };
}

/** The parser's stack holds the document, its maps and lists, and the scalar at hand. */
const stackLimit = 2 * limits.documentDepth + 8;

/** A value takes at most five tokens (`-` or `,`, key, `:`, a mark, the scalar) unless it is decorated beyond use. */
const tokenLimit = 6 * limits.documentNodes;

// The lexer's own marks (see its documentation): they stand for no text.
const documentStart = "\u0002";
const marks = new Set<string>([documentStart, "\u0018", "\u001f"]);

function isMark(lexeme: string): boolean {
  return marks.has(lexeme);
}

function isFiller(lexeme: string): boolean {
  const first = lexeme[0];
  return first === " " || first === "\n" || first === "\r" || first === "#" || first === "\t";
}

function tooDeep(offset: number): OffsetFinding {
  return {
    code: "document_too_deep",
    offset: Math.max(0, offset - 1),
    path: "",
    message: `maps and lists are nested deeper than ${limits.documentDepth} levels here; nothing behind this place was read`,
    suggestion: "flatten the document",
  };
}

function tooMuch(offset: number): OffsetFinding {
  return {
    code: "too_many_values",
    offset: Math.max(0, offset - 1),
    path: "",
    message: `the document holds more than ${limits.documentNodes} values; nothing behind this place was read`,
    suggestion: "split the document",
  };
}
