import { isOperator, type Replacement, type TokenAt } from "./replacement.ts";
import type { Token } from "./scan-tokens.ts";

type Pairs = ReadonlyMap<number, number>;

/** Gaps of the grammar in the first lines of statements: decorators, `with`, `match`, `case`, type parameters. */
export function bridgeHeaders(code: string, at: TokenAt, pairs: Pairs, index: number, token: Token): Replacement[] {
  const before = at(index - 1);
  if (token.isFirst && token.text === "@") return bridgeDecorator(at, pairs, index);
  if (token.text === "with" && (token.isFirst || before?.text === "async")) return bridgeWith(code, at, pairs, index);
  if (token.isFirst && token.text === "match") return bridgeMatch(at, pairs, index);
  if (token.isFirst && token.text === "case") return bridgeCase(at, pairs, index);
  if (token.text === "[" && ["def", "class", "type"].includes(at(index - 2)?.text ?? "")) {
    return bridgeTypeParameters(at, pairs, index);
  }
  return [];
}

/** A decorator that is no dotted name, called at most once, becomes a name; its expression is read by itself. */
function bridgeDecorator(at: TokenAt, pairs: Pairs, index: number): Replacement[] {
  const first = at(index + 1);
  if (first === undefined || first.type === "newline") return [];
  let next = index + 1;
  while (at(next)?.type === "name" && at(next + 1)?.text === ".") next += 2;
  if (at(next)?.type === "name") next++;
  if (next > index + 1 && at(next)?.text === "(") next = (pairs.get(next) ?? next) + 1;
  const rest = at(next);
  if (next > index + 1 && (rest === undefined || rest.type === "newline")) return [];
  const end = at(endOfLine(at, pairs, index) - 1);
  return end === undefined ? [] : [{ from: first.from, to: end.to, text: "_" }];
}

/** Its items lose the parentheses around them all, and a target that is no name loses its `as`. */
function bridgeWith(code: string, at: TokenAt, pairs: Pairs, index: number): Replacement[] {
  const found: Replacement[] = [];
  let start = index + 1;
  const close = at(start)?.text === "(" ? pairs.get(start) : undefined;
  const isWrapped =
    close !== undefined &&
    at(close + 1)?.text === ":" &&
    findOutside(at, pairs, start + 1, (token) => token.text === "as") !== null;
  if (isWrapped) {
    for (let next = start; next < close; next++) {
      const from = at(next)?.to ?? 0;
      const to = at(next + 1)?.from ?? from;
      if (code.slice(from, to).includes("\n")) found.push({ from, to, text: "" });
    }
    for (const bracket of [at(start), at(close), at(close - 1)]) {
      if (bracket !== undefined && isOperator(bracket, "(),")) found.push({ ...spanOf(bracket), text: "" });
    }
    start++;
  }
  for (let next: number | null = start; next !== null; ) {
    const as = findOutside(at, pairs, next, (token) => token.text === "as" || token.text === ":");
    if (as === null || at(as)?.text === ":") break;
    next = findOutside(at, pairs, as + 1, (token) => isOperator(token, ",:)"));
    const last = next === null ? undefined : at(next - 1);
    const from = at(as)?.from;
    if (next !== null && next - as > 2 && from !== undefined && last !== undefined) {
      found.push({ from, to: last.to, text: "" });
    }
    if (next !== null && at(next)?.text !== ",") break;
  }
  return found;
}

/** A subject of several members becomes a sum of them. */
function bridgeMatch(at: TokenAt, pairs: Pairs, index: number): Replacement[] {
  const colon = findOutside(at, pairs, index + 1, (token) => token.text === ":");
  if (colon === null || at(colon + 1)?.type !== "newline" || at(colon + 2)?.text !== "case") return [];
  const found: Replacement[] = [];
  for (let next = index + 1; next < colon; next = (pairs.get(next) ?? next) + 1) {
    const token = at(next);
    if (token?.text === ",") found.push({ ...spanOf(token), text: next + 1 === colon ? "" : "+" });
    else if (token?.text === "*" && (next === index + 1 || at(next - 1)?.text === ",")) {
      found.push({ ...spanOf(token), text: "" });
    }
  }
  return found;
}

/** `A()` becomes `A`, and an empty sequence or mapping any pattern. */
function bridgeCase(at: TokenAt, pairs: Pairs, index: number): Replacement[] {
  const found: Replacement[] = [];
  const end = endOfLine(at, pairs, index);
  for (let next = index + 1; next < end; next++) {
    const open = at(next);
    const close = at(next + 1);
    if (open === undefined || close === undefined || pairs.get(next) !== next + 1) continue;
    found.push({ from: open.from, to: close.to, text: at(next - 1)?.type === "name" && next - 1 > index ? "" : "_" });
  }
  return found;
}

/** A type parameter loses its default. */
function bridgeTypeParameters(at: TokenAt, pairs: Pairs, index: number): Replacement[] {
  const found: Replacement[] = [];
  for (let next: number | null = index + 1; next !== null; ) {
    const equals = findOutside(at, pairs, next, (token) => isOperator(token, "=]"));
    if (equals === null || at(equals)?.text === "]") break;
    next = findOutside(at, pairs, equals + 1, (token) => isOperator(token, ",]"));
    const from = at(equals)?.from;
    const to = next === null ? undefined : at(next - 1)?.to;
    if (from !== undefined && to !== undefined) found.push({ from, to, text: "" });
  }
  return found;
}

/** Index of the first token, from `start` on and outside brackets opened since, that `isIt`; null when the line ends before. */
function findOutside(at: TokenAt, pairs: Pairs, start: number, isIt: (token: Token) => boolean): number | null {
  for (let next = start; ; next = (pairs.get(next) ?? next) + 1) {
    const token = at(next);
    if (token === undefined || token.type === "newline") return null;
    if (isIt(token)) return next;
  }
}

/** Index of the newline that ends the statement, or of the source's end. */
function endOfLine(at: TokenAt, pairs: Pairs, start: number): number {
  for (let next = start; ; next = (pairs.get(next) ?? next) + 1) {
    const token = at(next);
    if (token === undefined || token.type === "newline") return next;
  }
}

function spanOf(token: Token): { from: number; to: number } {
  return { from: token.from, to: token.to };
}
