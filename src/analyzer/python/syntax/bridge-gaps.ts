import { bridgeHeaders } from "./bridge-headers.ts";
import { isOperator, pairsOf, type Replacement, type TokenAt } from "./replacement.ts";
import { scanTokens, type Token } from "./scan-tokens.ts";

/**
 * A copy of the same length in which what Python takes and the Lezer grammar does not is written in a way that it does: `1.`, a bare
 * `yield`, `with (a as b, c as d):`, a decorator that is any expression, … Only its tree is of use: text is read from the source.
 */
export function bridgeGaps(code: string, tokens: readonly Token[] = scanTokens(code)): string {
  const at: TokenAt = (index) => tokens[index];
  const pairs = pairsOf(tokens);
  const replacements: Replacement[] = [];
  /** Of each open bracket, whether it is one of an index. */
  const open: boolean[] = [];
  for (const [index, token] of tokens.entries()) {
    if (isOperator(token, "([{")) open.push(token.text === "[" && isValueEnd(at(index - 1)));
    else if (isOperator(token, ")]}")) open.pop();
    const isIndex = open.at(-1) === true;
    replacements.push(...bridgeToken(code, at, index, token, isIndex), ...bridgeHeaders(code, at, pairs, index, token));
  }
  for (const blank of code.matchAll(/^[ \t]*\f[ \t\f]*$/gm)) {
    replacements.push({ from: blank.index, to: blank.index + blank[0].length, text: "" });
  }
  return apply(code, replacements);
}

/** What one token and its neighbours tell. */
function bridgeToken(code: string, at: TokenAt, index: number, token: Token, isIndex: boolean): Replacement[] {
  const before = at(index - 1);
  if (token.type === "number" && /\.(?!\d)/.test(code.slice(token.from, token.to))) {
    return [{ from: token.from, to: token.to, text: "1".padEnd(token.to - token.from, "_") }];
  }
  // The grammar still knows the statement of Python 2.
  if (token.text === "print") return [{ from: token.from, to: token.to, text: "prin_" }];
  if (token.text === "yield" && endsValue(at(index + 1))) return [{ from: token.from, to: token.to, text: "None" }];
  if (token.text === "*" && before !== undefined) {
    const isMember = isIndex && isOperator(before, "[,");
    if (isMember || before.text === ":" || before.text === "in") return [{ from: token.from, to: token.to, text: "" }];
  }
  if (token.text === "lambda") return bridgeLambda(at, index);
  return [];
}

/** `lambda x, /, y: …` loses its slash and the comma before it. */
function bridgeLambda(at: TokenAt, index: number): Replacement[] {
  for (let next = index + 1, depth = 0; ; next++) {
    const token = at(next);
    if (token === undefined || token.type === "newline") return [];
    if (isOperator(token, "([{")) depth++;
    else if (isOperator(token, ")]}")) depth--;
    if (depth < 0 || (depth === 0 && token.text === ":")) return [];
    const comma = at(next - 1);
    if (depth === 0 && token.text === "/" && comma?.text === ",") return [{ from: comma.from, to: token.to, text: "" }];
  }
}

function endsValue(token: Token | undefined): boolean {
  return token === undefined || token.type === "newline" || isOperator(token, ")]},;:=");
}

function isValueEnd(token: Token | undefined): boolean {
  return token !== undefined && (token.type === "name" || token.type === "string" || isOperator(token, ")]"));
}

function apply(code: string, replacements: Replacement[]): string {
  replacements.sort((a, b) => a.from - b.from || b.to - a.to);
  let copy = "";
  let done = 0;
  for (const { from, to, text } of replacements) {
    // Within one that is replaced as a whole.
    if (from < done) continue;
    copy += code.slice(done, from) + text.padEnd(to - from, " ");
    done = to;
  }
  return copy + code.slice(done);
}
