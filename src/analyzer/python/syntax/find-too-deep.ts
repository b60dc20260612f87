import { limits } from "../../../contract/limits.ts";
import type { Span } from "../../finding.ts";
import type { Token } from "./scan-tokens.ts";

/** CPython refuses more levels of indentation. */
const deepestIndent = 100;
/** Operators, calls and members in one chain: Ruff's parser ends its stack at about 2000. */
const longestChain = 5 * limits.sourceDepth;

/** Where a source is nested deeper than analysis follows, and how; null when it nowhere is. */
export function findTooDeep(code: string, tokens: readonly Token[]): (Span & { what: string }) | null {
  const indents = [0];
  /** For each open bracket the links of the chain that it stands in; the first is of the statement itself. */
  let chains = [0];
  let links = 0;
  let last: Token | undefined;
  for (const token of tokens) {
    if (token.isFirst && chains.length === 1 && token.type !== "newline" && last?.text !== ";") {
      const indent = widthOfIndent(code, token.from);
      while (indents.length > 1 && (indents.at(-1) ?? 0) > indent) indents.pop();
      if (indent > (indents.at(-1) ?? 0)) indents.push(indent);
      if (indents.length > deepestIndent) return { ...token, what: `more than ${deepestIndent} levels of indentation` };
    }
    if (isOpening(token)) {
      if (chains.length >= limits.sourceDepth) {
        return { ...token, what: `more than ${limits.sourceDepth} brackets within each other` };
      }
      if (last !== undefined && (last.type === "name" || last.type === "string" || isClosing(last)))
        links += link(chains);
      chains.push(0);
    } else if (isClosing(token)) {
      if (chains.length > 1) links -= chains.pop() ?? 0;
    } else if (token.type === "newline") {
      chains = [0];
      links = 0;
    } else if (token.text === "," || token.text === ";" || beginsAnother(last, token)) {
      links -= chains.pop() ?? 0;
      chains.push(0);
    } else if (token.type === "operator" || chaining.has(token.text)) links += link(chains);
    if (links > longestChain) return { ...token, what: `more than ${longestChain} operators in one expression` };
    last = token;
  }
  return null;
}

const chaining = new Set(["not", "and", "or", "if", "else", "lambda", "await", "in", "is", "for", "yield"]);

/** Two values side by side are an error of syntax, after which Python begins another expression. */
function beginsAnother(last: Token | undefined, token: Token): boolean {
  const isValue = (token.type === "name" && !chaining.has(token.text)) || token.type === "number";
  if (!isValue || last === undefined) return false;
  return (last.type === "name" && !chaining.has(last.text)) || last.type === "number" || isClosing(last);
}

function link(chains: number[]): number {
  chains.push((chains.pop() ?? 0) + 1);
  return 1;
}

function isOpening(token: Token): boolean {
  return token.text === "(" || token.text === "[" || token.text === "{";
}

function isClosing(token: Token): boolean {
  return token.text === ")" || token.text === "]" || token.text === "}";
}

function widthOfIndent(code: string, at: number): number {
  return at - (code.lastIndexOf("\n", at - 1) + 1);
}
