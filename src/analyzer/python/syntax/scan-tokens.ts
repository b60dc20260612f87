import type { Span } from "../../finding.ts";

/** A token, as far as nesting and the gaps of the grammar need it. */
export interface Token extends Span {
  type: "name" | "number" | "string" | "operator" | "newline";
  /** Of names and operators; empty for the others. */
  text: string;
  /** The first of its statement's line. */
  isFirst: boolean;
}

/**
 * The tokens of any text, comments left out, in one pass; what is no Python becomes an operator of one character. A `newline` ends a
 * logical line. An f-string is one token.
 */
export function scanTokens(code: string): Token[] {
  const tokens: Token[] = [];
  let depth = 0;
  let isFirst = true;
  const add = (type: Token["type"], from: number, to: number) => {
    const text = type === "name" || type === "operator" ? code.slice(from, to) : "";
    tokens.push({ type, from, to, text, isFirst });
    isFirst = type === "newline" || (type === "operator" && text === ";");
    return to;
  };
  for (let at = 0; at < code.length; ) {
    const unit = code.charCodeAt(at);
    if (unit === newline) {
      at = depth === 0 && !isFirst ? add("newline", at, at + 1) : at + 1;
    } else if (unit === space || unit === tab || unit === formFeed) at++;
    else if (unit === hash) at = endOfLine(code, at);
    else if (unit === backslash && code.charCodeAt(at + 1) === newline) at += 2;
    else if (isQuote(unit)) at = add("string", at, endOfString(code, at));
    else if (isDigit(unit) || (unit === dot && isDigit(code.charCodeAt(at + 1))))
      at = add("number", at, endOf(number, code, at));
    else if (isNameStart(unit)) {
      const end = endOf(name, code, at);
      const isPrefix = end - at <= 2 && isQuote(code.charCodeAt(end)) && /^[rbuft]+$/i.test(code.slice(at, end));
      at = isPrefix ? add("string", at, endOfString(code, end)) : add("name", at, end);
    } else {
      if (unit === 0x28 || unit === 0x5b || unit === 0x7b) depth++;
      else if (unit === 0x29 || unit === 0x5d || unit === 0x7d) depth = Math.max(0, depth - 1);
      at = add("operator", at, endOf(operator, code, at));
    }
  }
  return tokens;
}

const newline = 0x0a;
const space = 0x20;
const tab = 0x09;
const formFeed = 0x0c;
const hash = 0x23;
const backslash = 0x5c;
const dot = 0x2e;

const name = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*/y;
const number = /0[xX][0-9a-fA-F_]+|0[oObB][0-7_]+|(?:\d[\d_]*\.?[\d_]*|\.\d[\d_]*)(?:[eE][+-]?\d[\d_]*)?[jJ]?/y;
const operator = /\*\*=?|\/\/=?|<<=?|>>=?|->|:=|\.\.\.|[-+*/%&|^@=<>!]=|[\s\S]/y;

function endOf(pattern: RegExp, code: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(code) ? pattern.lastIndex : at + 1;
}

function endOfLine(code: string, at: number): number {
  const end = code.indexOf("\n", at);
  return end < 0 ? code.length : end;
}

/** `at` is its first quote. A string in one quote that is not closed ends with its line. */
function endOfString(code: string, at: number): number {
  const quote = code.charCodeAt(at);
  const isLong = code.charCodeAt(at + 1) === quote && code.charCodeAt(at + 2) === quote;
  for (let next = at + (isLong ? 3 : 1); next < code.length; next++) {
    const unit = code.charCodeAt(next);
    if (unit === backslash) next++;
    else if (unit === newline && !isLong) return next;
    else if (unit === quote && !isLong) return next + 1;
    else if (unit === quote && code.charCodeAt(next + 1) === quote && code.charCodeAt(next + 2) === quote)
      return next + 3;
  }
  return code.length;
}

function isQuote(unit: number): boolean {
  return unit === 0x22 || unit === 0x27;
}

function isDigit(unit: number): boolean {
  return unit >= 0x30 && unit <= 0x39;
}

function isNameStart(unit: number): boolean {
  return (unit >= 0x41 && unit <= 0x5a) || (unit >= 0x61 && unit <= 0x7a) || unit === 0x5f || unit >= 0x80;
}
