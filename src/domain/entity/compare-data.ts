import { pointerOf } from "../pointer.ts";
import { isRecord } from "../template/value/json-equality.ts";
import type { Step } from "./address.ts";

/** One difference between two JSON values, at a JSON Pointer. `from` is null where it was added, `to` where it was removed. */
export interface DataDifference {
  op: "added" | "removed" | "changed";
  path: string;
  from: unknown;
  to: unknown;
}

/**
 * How two JSON values differ, at most `most` differences. Maps are compared by key, whatever the order, lists by position, files by their
 * digests. It stops at `most`: all differences of two lists of a million would not fit into an isolate's memory.
 */
export function compareData(
  from: unknown,
  to: unknown,
  most: number,
): { differences: DataDifference[]; truncated: boolean } {
  const found: DataDifference[] = [];
  for (const difference of differencesOf(from, to, [])) {
    if (found.length === most) return { differences: found, truncated: true };
    found.push(difference);
  }
  return { differences: found, truncated: false };
}

/** Whether two JSON values say the same. */
export function isSameData(from: unknown, to: unknown): boolean {
  return differencesOf(from, to, []).next().done === true;
}

function* differencesOf(from: unknown, to: unknown, path: Step[]): Generator<DataDifference, void, undefined> {
  if (Array.isArray(from) && Array.isArray(to)) {
    for (let at = 0; at < Math.max(from.length, to.length); at += 1) {
      yield* differencesAt(
        at,
        { has: at < from.length, value: from[at] },
        { has: at < to.length, value: to[at] },
        path,
      );
    }
  } else if (isRecord(from) && isRecord(to)) {
    for (const key of Object.keys(from)) {
      yield* differencesAt(key, { has: true, value: from[key] }, { has: Object.hasOwn(to, key), value: to[key] }, path);
    }
    for (const key of Object.keys(to)) {
      if (!Object.hasOwn(from, key)) {
        yield* differencesAt(key, { has: false, value: null }, { has: true, value: to[key] }, path);
      }
    }
  } else if (from !== to) {
    yield { op: "changed", path: pointerOf(path), from, to };
  }
}

interface Member {
  has: boolean;
  value: unknown;
}

function* differencesAt(
  step: Step,
  from: Member,
  to: Member,
  path: Step[],
): Generator<DataDifference, void, undefined> {
  if (from.has && to.has) {
    // Most members of long lists are equal scalars: these cost no generator.
    if (from.value === to.value) return;
    path.push(step);
    yield* differencesOf(from.value, to.value, path);
    path.pop();
  } else {
    const pointer = pointerOf([...path, step]);
    yield from.has
      ? { op: "removed", path: pointer, from: from.value, to: null }
      : { op: "added", path: pointer, from: null, to: to.value };
  }
}
