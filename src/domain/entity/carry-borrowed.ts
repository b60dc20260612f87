import type { Entity } from "../../contract/entity/entity.ts";
import { limits } from "../../contract/limits.ts";
import { childPointer, tokensOf } from "../pointer.ts";
import { isRecord } from "../template/value/json-equality.ts";
import type { Step } from "./address.ts";
import type { ResolvedValues } from "./borrow-values.ts";
import { isSameData } from "./compare-data.ts";
import type { BorrowedValue } from "./new-entity.ts";
import { hasMoreLeaves } from "./value-sources.ts";

/**
 * What the version before had borrowed and the new one still has in the same place; of a list or map that was changed, the members that
 * are as they were.
 */
export function carryBorrowed(
  before: Pick<Entity, "type"> & { data: Record<string, unknown>; borrowed: readonly BorrowedValue[] },
  { values, borrowed }: ResolvedValues,
): BorrowedValue[] {
  const carried: BorrowedValue[] = [];
  const mostCarried = limits.referencePlaces - borrowed.length;
  const carry = (row: BorrowedValue, was: unknown, now: unknown): void => {
    if (now === undefined || carried.length >= mostCarried || isBorrowedAnew(row.path, borrowed)) return;
    const holdsNew = borrowed.some(({ path }) => path.startsWith(`${row.path}/`));
    if (!holdsNew && isSameData(was, now)) carried.push(row);
    else if (!hasMoreLeaves(now, limits.sourceLeaves)) {
      for (const step of stepsInBoth(was, now)) carry(below(row, step), memberAt(was, step), memberAt(now, step));
    }
  };
  // All of what a run made came from its input: that is an edge of the run, and nothing that was borrowed.
  if (before.type.role === "output" || before.type.role === "failure") return [];
  for (const row of before.borrowed) {
    const tokens = tokensOf(row.path);
    carry(row, valueAt(before.data, tokens), valueAt(values, tokens));
  }
  return carried;
}

function isBorrowedAnew(path: string, borrowed: readonly BorrowedValue[]): boolean {
  return borrowed.some((row) => path === row.path || path.startsWith(`${row.path}/`));
}

function below(row: BorrowedValue, step: Step): BorrowedValue {
  return {
    path: childPointer(row.path, step),
    sourceEcsId: row.sourceEcsId,
    sourcePath: childPointer(row.sourcePath, step),
  };
}

function stepsInBoth(was: unknown, now: unknown): Step[] {
  if (Array.isArray(was) && Array.isArray(now)) {
    return Array.from({ length: Math.min(was.length, now.length) }, (_, position) => position);
  }
  if (!isRecord(was) || !isRecord(now)) return [];
  return Object.keys(was).filter((key) => Object.hasOwn(now, key));
}

function memberAt(value: unknown, step: Step): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isRecord(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

function valueAt(data: unknown, tokens: readonly string[]): unknown {
  return tokens.reduce(memberAt, data);
}
