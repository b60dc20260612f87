import { limits } from "../../contract/limits.ts";
import { utf8SizeBytes } from "../../domain/document/utf8-size.ts";
import type { Finding } from "../finding.ts";

/** Why a text is not even read; null when it is. */
export function checkText(code: string): Finding | null {
  const bytes = utf8SizeBytes(code);
  if (bytes > limits.codeBytes) {
    const message = `the source has ${bytes} bytes; at most ${limits.codeBytes / 1024} KiB (${limits.codeBytes} bytes) are taken`;
    return refuse("too_large", 0, message, "move tables out of the source, into inputs");
  }
  if (code.isWellFormed()) return null;
  const half = code.search(/\p{Surrogate}/u);
  const shown = code.charCodeAt(half).toString(16).toUpperCase();
  const message = `half of a surrogate pair (U+${shown}) stands here, which UTF-8 cannot carry`;
  return refuse("bad_character", half, message, "save the file as UTF-8");
}

function refuse(code: string, from: number, message: string, suggestion: string): Finding {
  return { stage: "syntax", severity: "error", code, message, suggestion, span: { from, to: from + 1 }, path: "" };
}
