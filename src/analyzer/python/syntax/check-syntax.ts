import type { Tree } from "@lezer/common";
import { limits } from "../../../contract/limits.ts";
import { utf8SizeBytes } from "../../../domain/document/utf8-size.ts";
import type { Finding, Span } from "../../finding.ts";
import { findingOf } from "../finding-of.ts";
import { findTooDeep } from "./find-too-deep.ts";
import type { RuffCheck } from "./ruff-check.ts";
import type { Token } from "./scan-tokens.ts";

/** Why a text is not even looked at; null when it is. */
export function checkSize(text: string): Finding | null {
  const bytes = utf8SizeBytes(text);
  if (bytes <= limits.codeBytes) return null;
  const message = `the source has ${bytes} bytes; at most ${limits.codeBytes / 1024} KiB (${limits.codeBytes} bytes) are taken`;
  return refuse(
    "too_large",
    { from: 0, to: 0 },
    message,
    "move tables and weights out of the source, into file inputs",
  );
}

/** Characters that no Python source has, and an encoding that it is not read in; null when there is neither. */
export function checkCharacters(code: string): Finding | null {
  const zero = code.indexOf("\0");
  if (zero >= 0) {
    const message = "a null byte stands here: Python refuses a source that has one";
    return refuse("null_byte", { from: zero, to: zero + 1 }, message, "remove it; was the file saved as UTF-16?");
  }
  const cookie = /^(?:[ \t\f]*(?:#[^\n]*)?\n)?[ \t\f]*#[^\n]*?coding[:=][ \t]*([-\w.]+)/.exec(code);
  if (cookie?.[1] !== undefined && !/^(utf-?8(-sig)?|us-ascii|ascii)$/i.test(cookie[1].replaceAll("_", "-"))) {
    const from = cookie[0].length - cookie[1].length;
    const message = `the source says that it is encoded as ${cookie[1]}, but it is read as UTF-8`;
    return refuse(
      "declared_encoding",
      { from, to: cookie[0].length },
      message,
      "remove the line, and save the file as UTF-8",
    );
  }
  if (code.isWellFormed()) return null;
  const half = code.search(/\p{Surrogate}/u);
  const shown = code.charCodeAt(half).toString(16).toUpperCase();
  const message = `half of a surrogate pair (U+${shown}) stands here, which UTF-8 cannot carry`;
  return refuse("bad_character", { from: half, to: half + 1 }, message, "save the file as UTF-8");
}

/** Everything that Python itself would refuse the source for. */
export function checkSyntax(code: string, tokens: readonly Token[], ruff: RuffCheck): Finding[] {
  const deep = findTooDeep(code, tokens);
  if (deep !== null) {
    return [refuse("too_deep", deep, `the source has ${deep.what}, more than analysis follows`, "split it up")];
  }
  try {
    const seen = new Set<number>();
    const found = ruff(code).filter(({ from }) => !seen.has(from) && seen.add(from));
    // That the source ends too early only repeats what an error before it has said.
    return found
      .filter(({ from }, index) => index === 0 || from < code.length)
      .map((one) => refuse("syntax_error", one, lowered(one.message), remedyOf(one.message)));
  } catch (error) {
    // V8 ends a WebAssembly stack that is used up with a RangeError, other engines with a RuntimeError.
    if (!(error instanceof RangeError || error instanceof WebAssembly.RuntimeError)) throw error;
    return [
      refuse("too_deep", { from: 0, to: 0 }, "the source is nested more deeply than analysis follows", "split it up"),
    ];
  }
}

/** Legal Python that the tree does not show, outside the bodies of functions: it might hide what a file publishes. */
export function findUnread(tree: Tree): Finding[] {
  const cursor = tree.cursor();
  do {
    if (!cursor.type.isError || isInFunction(tree, cursor.from)) continue;
    const message = "this is legal Python in a form that analysis cannot read";
    return [refuse("unreadable", cursor, message, "write it in a plainer form")];
  } while (cursor.next());
  return [];
}

function isInFunction(tree: Tree, offset: number): boolean {
  for (let node = tree.resolveInner(offset, 1).parent; node !== null; node = node.parent) {
    if (node.name === "Body" && node.parent?.name === "FunctionDefinition") return true;
  }
  return false;
}

function remedyOf(message: string): string | null {
  return /[\u2018\u2019\u201c\u201d]/.test(message) ? "write straight quotes: ' or \"" : null;
}

function lowered(message: string): string {
  return /^[A-Z][a-z]/.test(message) ? message.charAt(0).toLowerCase() + message.slice(1) : message;
}

function refuse(code: string, span: Span, message: string, suggestion: string | null): Finding {
  return findingOf("error", "syntax", code, span, message, suggestion);
}
