import { initSync, PositionEncoding, Workspace } from "@astral-sh/ruff-wasm-web";
import { z } from "zod";
import { lineStarts } from "../../../domain/document/line-starts.ts";
import type { Span } from "../../finding.ts";

/** One thing that Ruff says; its code is null or `invalid-syntax` for what no Python takes. */
export interface RuffDiagnostic extends Span {
  code: string | null;
  message: string;
}

/** What Ruff says of a source, in order. Line ends must be \n. It throws where the source is nested too deeply for it. */
export type RuffCheck = (code: string) => RuffDiagnostic[];

/**
 * Ruff, ready to check. It takes its WebAssembly compiled, as workerd imports it, or as bytes, as Node reads it; the module is made
 * once, however often this is called.
 */
export function loadRuff(wasm: WebAssembly.Module | ArrayBuffer | Uint8Array): RuffCheck {
  initSync({ module: wasm });
  // Columns in bytes cost nothing to tell; in characters each would be counted from its line's start, and a long line has many.
  const workspace = new Workspace(settings, PositionEncoding.Utf8);
  return (code) => {
    const size = code.length;
    for (let end = size <= window ? size : firstEnd(workspace, code); ; end += window) {
      const found = diagnostics.parse(workspace.check(hideMarks(code.slice(0, Math.min(end, size)))));
      if (end >= size || found.length > enough) return found.slice(0, enough).map(placing(code));
    }
  };
}

/** The rules that CPython's own compiler has beyond its grammar: `return` outside a function, `nonlocal` without a binding, … */
const settings = {
  "target-version": "py313",
  lint: {
    select: ["F404", "F407", "F621", "F622", "F701", "F702", "F704", "F706", "F707", "PLE0117", "PLE0118", "PLE1142"],
  },
};

/** Text in characters that a source with a syntax error is read on by, so that garbage cannot make a diagnostic of each of its letters. */
const window = 16 * 1024;
const enough = 1000;

/** Where reading ends at first: everything when there is no error of syntax, else one window. */
function firstEnd(workspace: Workspace, code: string): number {
  try {
    // It parses and tells the first error only.
    workspace.comments(code);
    return code.length;
  } catch (error) {
    if (error instanceof RangeError || error instanceof WebAssembly.RuntimeError) throw error;
    return window;
  }
}

/** Ruff lets comments silence it (`# noqa`); CPython does not. The text keeps its length. */
function hideMarks(code: string): string {
  return code.replaceAll(/#[^\n]*/g, (comment) =>
    comment.replaceAll(/noqa|ruff:|flake8:/gi, (mark) => "-".repeat(mark.length)),
  );
}

const location = z.object({ row: z.int(), column: z.int() });
const diagnostics = z.array(
  z.object({ code: z.string().nullable(), message: z.string(), start_location: location, end_location: location }),
);

/** Turns rows, and columns in UTF-8 bytes, into offsets of the code. */
function placing(code: string): (found: z.infer<typeof diagnostics>[number]) => RuffDiagnostic {
  const starts = lineStarts(code);
  const offsetOf = ({ row, column }: z.infer<typeof location>): number => {
    let at = starts[row - 1] ?? code.length;
    for (let bytes = 1; bytes < column && at < code.length; ) {
      const point = code.codePointAt(at) ?? 0;
      bytes += point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
      at += point < 0x10000 ? 1 : 2;
    }
    return at;
  };
  return (found) => ({
    code: found.code,
    message: found.message,
    from: offsetOf(found.start_location),
    to: offsetOf(found.end_location),
  });
}
