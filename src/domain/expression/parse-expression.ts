import { parse } from "@bufbuild/cel";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../result.ts";
import { findReferences, type Reference } from "./find-references.ts";
import { readSyntax, SyntaxProblem } from "./read-syntax.ts";
import { scanText, type TextProblem } from "./scan-text.ts";
import { partsOf, type SyntaxNode } from "./syntax-node.ts";

/** An expression that was read. */
export interface Expression {
  text: string;
  /** What it takes from its scope, in the order of the text. */
  references: Reference[];
  /** Functions and loops that it calls, each once. Operators are none. */
  functions: string[];
  syntax: SyntaxNode;
}

/** Reads a CEL expression, without braces. Never throws. */
export function parseExpression(text: string): Result<Expression, TextProblem> {
  if (text.length > limits.expressionLength) {
    const message = `the expression has ${text.length} characters; ${limits.expressionLength} are the most`;
    return refusal({ message, at: limits.expressionLength });
  }
  if (text.trim() === "") return refusal({ message: "the expression is empty", at: 0 });
  const scan = scanText(text, 0, false, limits.expressionDepth);
  if (scan.problem !== null) return refusal(scan.problem);
  const foreign = foreignSyntax(scan.withoutStrings);
  if (foreign !== null) return refusal(foreign);
  try {
    const syntax = readSyntax(parse(text), text);
    const references = findReferences(syntax);
    return success({ text, references, functions: [...new Set(functionsIn(syntax))], syntax });
  } catch (thrown) {
    return refusal(problemOf(thrown, text));
  }
}

/** Functions and loops that a part calls, in the order of the text. */
function functionsIn(node: SyntaxNode): string[] {
  const inside = partsOf(node).flatMap(functionsIn);
  if (node.kind === "loop") return [...inside, node.loop];
  if (node.kind === "has") return [...inside, "has"];
  return node.kind === "call" && isNamed(node.name) ? [...inside, node.name] : inside;
}

/** Whether a call is one of a name, and not of an operator like `_+_`. */
export function isNamed(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !/^_.*_$/.test(name);
}

/** How other languages write what CEL writes differently. */
const foreign: readonly (readonly [RegExp, string])[] = [
  [/[=!]==/, "CEL compares with == and !="],
  [/(?<![=!<>])=(?!=)/, "CEL compares with =="],
  [/(?<!\|)\|(?!\|)/, "CEL has no pipes: write || for or, and size(x) or x.contains(y) for functions"],
  [/(?<!&)&(?!&)/, "CEL writes && for and"],
  [/\*\*/, "CEL has no powers"],
  [/(?<=[\w)\]"]\s+)and(?=\s+[\w(["!-])/, "CEL writes && for and"],
  [/(?<=[\w)\]"]\s+)or(?=\s+[\w(["!-])/, "CEL writes || for or"],
  [/(?<=[\w)\]"]\s+)not\s+in(?=\s+[\w(["!-])/, "CEL writes !(x in y)"],
  [/(?:^\s*|[(,&|?:]\s*)not\s+(?=[\w(["])/, "CEL writes ! for not"],
  [/(?<=[\w)\]"]\s+)if(?=\s+[\w(["!-])/, "CEL writes condition ? a : b"],
  [/\/\/|#/, "an expression has no comments"],
  [/\?\?/, "CEL has no ??: write has(a.b) ? a.b : 0"],
  [/\?\.(?=[A-Za-z_[])/, "CEL has no ?.: write has(a.b) ? a.b.c : 0"],
];

function foreignSyntax(text: string): TextProblem | null {
  for (const [pattern, message] of foreign) {
    const at = text.search(pattern);
    if (at >= 0) return { message, at };
  }
  return null;
}

function problemOf(thrown: unknown, text: string): TextProblem {
  if (thrown instanceof SyntaxProblem) return thrown.problem;
  // The parser's own stack ended, or a literal was none: both come without a place.
  const said = thrown instanceof Error ? thrown.message : "";
  const placed = /^<input>:(\d+):(\d+): ([\s\S]*)$/.exec(said);
  if (placed === null)
    return {
      message: thrown instanceof RangeError ? "the expression is nested too deeply" : `it is no expression: ${said}`,
      at: 0,
    };
  const [, line, column, message] = placed;
  return { message: plainly(message ?? ""), at: Math.min(offsetOf(text, Number(line), Number(column)), text.length) };
}

/** The parser lists all that could have followed; what is there instead says more. */
function plainly(message: string): string {
  const found = /^found ([\s\S]+?) but expecting ([\s\S]*)$/.exec(message);
  if (found === null) return message;
  const [, what, wanted] = found;
  if (what === "end of input") return "the expression ends too early: something is missing at its end";
  const isShort = wanted !== undefined && wanted !== "end of input" && !wanted.includes(",");
  return isShort ? `expected ${wanted}, found ${what}` : `the expression cannot be read from here on: ${what}`;
}

function offsetOf(text: string, line: number, column: number): number {
  const lines = text.split(/\r\n|\r|\n/);
  let offset = 0;
  for (const before of lines.slice(0, line - 1)) {
    offset += before.length + (text.startsWith("\r\n", offset + before.length) ? 2 : 1);
  }
  return offset + column - 1;
}
