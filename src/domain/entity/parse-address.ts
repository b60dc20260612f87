import { entityId } from "../../contract/entity/entity.ts";
import { limits } from "../../contract/limits.ts";
import { type Result, refusal, success } from "../result.ts";
import type { Address, Step } from "./address.ts";

/** Why a text is no address. `at` counts characters from 1. */
export interface AddressProblem {
  at: number;
  message: string;
}

/**
 * Reads an address: `@` and an entity's id, then any of `.key`, `.0`, `[0]` and `["key"]` (a string as JSON spells it). One pass from
 * left to right; nothing is read twice.
 */
export function parseAddress(text: string): Result<Address, AddressProblem> {
  if (text.length > limits.addressLength) return problem(text, limits.addressLength, "the end");
  if (!text.startsWith("@")) return problem(text, 0, "@");
  const ecsId = text.slice(1, 1 + idLength);
  if (!entityId.safeParse(ecsId).success) return problem(text, 1, "an entity's id (a UUID in lower case)");
  const steps = parseSteps(text, 1 + idLength);
  return steps.ok ? success({ ecsId, steps: steps.value }) : steps;
}

/** Reads what follows the id in an address, from position `start` of the text. */
export function parseSteps(text: string, start = 0): Result<Step[], AddressProblem> {
  if (text.length > limits.addressLength) return problem(text, limits.addressLength, "the end");
  const steps: Step[] = [];
  let at = start;
  while (at < text.length) {
    const step = text[at] === "." ? wordAt(text, at + 1) : bracketAt(text, at);
    if (!step.ok) return step;
    steps.push(step.value.step);
    at = step.value.end;
  }
  return success(steps);
}

const idLength = 36;
type Read = Result<{ step: Step; end: number }, AddressProblem>;

/** A key without quotes, or a position, after a dot. */
function wordAt(text: string, at: number): Read {
  const word = matchAt(/[A-Za-z0-9_-]+/y, text, at);
  if (word === null) return problem(text, at, 'a key or a position after . (other keys go into brackets: ["a key"])');
  return /^\d+$/.test(word)
    ? positionOf(text, word, at, at + word.length)
    : success({ step: word, end: at + word.length });
}

function bracketAt(text: string, at: number): Read {
  if (text[at] !== "[") return problem(text, at, "., [ or the end");
  const digits = matchAt(/\d+/y, text, at + 1);
  const quoted = digits === null ? matchAt(/"(?:[^"\\]|\\.)*"/y, text, at + 1) : null;
  const inside = digits ?? quoted;
  if (inside === null) return problem(text, at + 1, "a position or a key in double quotes after [");
  const end = at + 1 + inside.length;
  if (text[end] !== "]") return problem(text, end, "]");
  return digits === null ? keyOf(text, inside, at + 1, end + 1) : positionOf(text, digits, at + 1, end + 1);
}

function positionOf(text: string, digits: string, at: number, end: number): Read {
  if (digits.length > 1 && digits.startsWith("0")) return problem(text, at, "a position without leading zeros");
  if (digits.length > 15) return problem(text, at, "a position of at most 15 digits");
  return success({ step: Number(digits), end });
}

function keyOf(text: string, quoted: string, at: number, end: number): Read {
  const key = stringOf(quoted);
  return key === null ? problem(text, at, "a key as JSON spells strings") : success({ step: key, end });
}

/** Null for what is no JSON string, and for half of a surrogate pair, which no key can be. */
function stringOf(quoted: string): string | null {
  try {
    const key: unknown = JSON.parse(quoted);
    return typeof key === "string" && key.isWellFormed() ? key : null;
  } catch {
    return null;
  }
}

/** What a sticky pattern matches at a position. */
function matchAt(sticky: RegExp, text: string, at: number): string | null {
  sticky.lastIndex = at;
  return sticky.exec(text)?.[0] ?? null;
}

function problem(text: string, at: number, expected: string): { ok: false; failure: AddressProblem } {
  const rest = text.slice(at);
  const found = rest === "" ? "the end" : JSON.stringify(rest.length > 20 ? `${rest.slice(0, 20)}…` : rest);
  const character = [...text.slice(0, at)].length + 1;
  return refusal({ at: character, message: `expected ${expected} at character ${character}, found ${found}` });
}
