import type { Comment, Node } from "@babel/types";
import { parse, type Spec } from "comment-parser";
import type { Span } from "../../finding.ts";
import { spanOf } from "../syntax/nodes.ts";

/** A JSDoc comment, read. */
export interface Jsdoc {
  /** The first paragraph, on one line. */
  summary: string | null;
  /** What follows it, before the first tag. */
  description: string | null;
  tags: JsdocTag[];
  span: Span;
}

export interface JsdocTag {
  /** Without its `@`. */
  tag: string;
  /** The type in braces, as written; null when there is none. */
  type: string | null;
  /** Where the type's text is in the source; the tag's own place when it has none. */
  span: Span;
  /** Of tags that name something. */
  name: string;
  isOptional: boolean;
  /** Of `[name=default]`, as written. */
  default: string | null;
  /** What follows the name. */
  text: string;
  /** What follows the type: with the name, for tags that name nothing. */
  rest: string;
}

/** Of a longer comment only the beginning is read: the reader takes long for many thousand tags. */
const longestComment = 20_000;

/** The JSDoc comment that stands right before a node; null when there is none. */
export function jsdocOf(code: string, ...nodes: readonly (Node | null | undefined)[]): Jsdoc | null {
  for (const node of nodes) {
    const comment = node?.leadingComments?.findLast(isJsdoc);
    if (comment !== undefined) return readJsdoc(code, comment);
  }
  return null;
}

/** Whether a comment is one that documents. */
export function isJsdoc(comment: Comment): boolean {
  return comment.type === "CommentBlock" && comment.value.startsWith("*");
}

/** Reads a JSDoc comment of the source. */
export function readJsdoc(code: string, comment: Comment): Jsdoc {
  const span = spanOf(comment);
  const text =
    comment.value.length > longestComment
      ? `/*${comment.value.slice(0, longestComment)}*/`
      : code.slice(span.from, span.to);
  const block = parse(text, { spacing: "preserve" })[0];
  const [summary, description] = paragraphs(block?.description ?? "");
  const starts = lineStarts(text, span.from);
  const tags = (block?.tags ?? []).map((tag) => readTag(tag, starts, span));
  return { summary, description, tags, span };
}

/** The first paragraph on one line, and the rest as written. */
function paragraphs(text: string): [string | null, string | null] {
  const [first = "", ...others] = text.trim().split(/\n[ \t]*\n/);
  const rest = others.join("\n\n").trim();
  return [oneLine(first) || null, rest || null];
}

function oneLine(text: string): string {
  return text.replaceAll(/\s+/g, " ").trim();
}

function readTag(spec: Spec, starts: readonly number[], comment: Span): JsdocTag {
  const tokens = spec.source[0]?.tokens;
  const lineStart = starts[spec.source[0]?.number ?? 0] ?? comment.from;
  const before = tokens === undefined ? 0 : `${tokens.start}${tokens.delimiter}${tokens.postDelimiter}`.length;
  const tagAt = lineStart + before;
  const tagEnd = tagAt + spec.tag.length + 1;
  const typeAt = tokens === undefined ? tagEnd : tagEnd + tokens.postTag.length + 1;
  const type = spec.type === "" ? null : spec.type;
  const isOnOneLine = tokens?.type === `{${spec.type}}`;
  return {
    tag: spec.tag,
    type,
    span: type !== null && isOnOneLine ? { from: typeAt, to: typeAt + type.length } : { from: tagAt, to: tagEnd },
    name: spec.name,
    isOptional: spec.optional,
    default: spec.default ?? null,
    text: oneLine(spec.description.replace(/^\s*[-–—]\s+/, "")),
    rest: oneLine(`${tokens?.name ?? ""} ${spec.description}`.trim().replace(/^[-–—]\s+/, "")),
  };
}

function lineStarts(text: string, from: number): number[] {
  const starts = [from];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(from + at + 1);
  return starts;
}
