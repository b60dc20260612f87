import { type ParseResult, type ParserOptions, parse } from "@babel/parser";
import { type Result, refusal, success } from "../../../domain/result.ts";
import type { Finding, Span } from "../../finding.ts";
import { BudgetSpent, budgetedText } from "./read-budget.ts";

/** What a module's text is read as; comments are in the tree, beside what they are about. */
export type ModuleLanguage = "typescript" | "javascript";

/** Reads a module. Syntax errors, code too deep and code that no reader gets through in fair time are findings. */
export function parseModule(code: string, language: ModuleLanguage): Result<ParseResult, Finding[]> {
  const comments = countOf(code, "/*", mostComments);
  if (comments > mostComments) return refusal([tooComplex(`it has more than ${mostComments} comments`)]);
  const first = parseOnce(code, language, false);
  if (first.ok) return first;
  const found = first.failure.code === "syntax_error" ? findMore(code, language, first.failure) : [first.failure];
  return refusal(found);
}

/** The parser looks for the end of the line in each comment, however long the line is. */
const mostComments = 5000;

/** Beyond these, going on after the first error can take far too long: labels that repeat make an error for each pair of them. */
const mostCharactersToGoOn = 16_384;
const mostColonsToGoOn = 300;
const mostSyntaxErrors = 20;

function findMore(code: string, language: ModuleLanguage, first: Finding): Finding[] {
  if (language === "javascript" && parseOnce(code, "typescript", false).ok) {
    const suggestion = "this is TypeScript: name the file .ts, or send it as application/typescript";
    return [{ ...first, suggestion }];
  }
  if (code.length > mostCharactersToGoOn || countOf(code, ":", mostColonsToGoOn) > mostColonsToGoOn) return [first];
  const all = parseOnce(code, language, true);
  const errors = all.ok ? (all.value.errors ?? []) : [];
  if (errors.length === 0) return [first];
  return errors.slice(0, mostSyntaxErrors).map((error) => syntaxFinding(code, error));
}

function parseOnce(code: string, language: ModuleLanguage, goOn: boolean): Result<ParseResult, Finding> {
  const options: ParserOptions = {
    sourceType: "module",
    plugins: language === "typescript" ? ["typescript"] : [],
    errorRecovery: goOn,
  };
  try {
    return success(parse(budgetedText(code), options));
  } catch (error) {
    if (error instanceof BudgetSpent) return refusal(tooComplex("arrows, conditionals or type arguments are nested"));
    // Recursion deeper than the stack; no other RangeError comes from a parser.
    if (error instanceof RangeError)
      return refusal({ ...tooComplex("brackets or statements are nested"), code: "too_deep" });
    if (error instanceof SyntaxError) return refusal(syntaxFinding(code, error));
    throw error;
  }
}

function tooComplex(why: string): Finding {
  return {
    stage: "syntax",
    severity: "error",
    code: "too_complex",
    message: `the source is too complex to be read: ${why}`,
    suggestion: "name the inner parts and use their names",
    span: { from: 0, to: 0 },
    path: "",
  };
}

function syntaxFinding(code: string, error: object): Finding {
  const position = "pos" in error && typeof error.pos === "number" ? error.pos : 0;
  const text = "message" in error && typeof error.message === "string" ? error.message : "it cannot be read";
  const reason = "reasonCode" in error && typeof error.reasonCode === "string" ? error.reasonCode : "";
  return {
    stage: "syntax",
    severity: "error",
    code: "syntax_error",
    message: plainMessage(text),
    suggestion: suggestFor(code, position, reason),
    span: wordAt(code, position),
    path: "",
  };
}

/** The parser's sentence without the place, which the issue says itself. */
function plainMessage(text: string): string {
  const sentence = (text.split("\n")[0] ?? "").replace(/\s*\(\d+:\d+\)\s*$/, "").replace(/\.$/, "");
  if (sentence.startsWith("This experimental syntax requires")) return "this syntax is not part of the language yet";
  return sentence.slice(0, 1).toLowerCase() + sentence.slice(1);
}

function suggestFor(code: string, position: number, reason: string): string | null {
  if (reason === "StrictWith") return "a module has no `with`: name the object before each of its properties";
  if (reason === "ModuleExportUndefined") return "define what is exported in the same file";
  if (/^<\/?[A-Za-z>]/.test(code.slice(position, position + 20))) return "JSX is not understood: return data";
  if (code[position] === "@") return "decorators are not part of the language yet: call the function yourself";
  return null;
}

function wordAt(code: string, position: number): Span {
  const word = /^(?:[\p{ID_Continue}$]+|.)/su.exec(code.slice(position, position + 100))?.[0] ?? "";
  return { from: position, to: position + word.length };
}

function countOf(text: string, what: string, most: number): number {
  let count = 0;
  for (let at = text.indexOf(what); at >= 0 && count <= most; at = text.indexOf(what, at + what.length)) count += 1;
  return count;
}
