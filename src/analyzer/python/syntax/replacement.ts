import type { Span } from "../../finding.ts";
import type { Token } from "./scan-tokens.ts";

/** What stands in a copy of the source instead of a stretch of it, filled up with spaces. */
export interface Replacement extends Span {
  text: string;
}

export type TokenAt = (index: number) => Token | undefined;

/** For each opening bracket the index of the one that closes it. */
export function pairsOf(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const pairs = new Map<number, number>();
  const open: number[] = [];
  for (const [index, token] of tokens.entries()) {
    if (isOperator(token, "([{")) open.push(index);
    else if (isOperator(token, ")]}")) {
      const start = open.pop();
      if (start !== undefined) pairs.set(start, index);
    }
  }
  return pairs;
}

/** Whether it is an operator of one character, one of these. */
export function isOperator(token: Token, characters: string): boolean {
  return token.type === "operator" && token.text.length === 1 && characters.includes(token.text);
}
