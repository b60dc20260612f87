import semver from "semver";
import { latestTag } from "../../contract/artifact/tag.ts";
import { parseSelector, type Selector } from "../artifact/parse-reference.ts";
import { loopsOf } from "./order-loops.ts";
import type { ParentReference } from "./template-header.ts";

/** One document of a batch, as far as order goes. */
export interface BatchItem {
  index: number;
  id: string;
  version: string;
  extends: ParentReference | null;
}

/**
 * Orders a batch so that each document comes after every document of the batch that its `extends` may choose, and the versions of
 * one id ascend; else the order given is kept. `cycles` names each circle from child to parent (`a, b, a`); who is in one has no place
 * in `order`.
 */
export function orderByParent(items: readonly BatchItem[]): { order: number[]; cycles: string[][] } {
  const earlier = itemsBefore(items);
  const loops = loopsOf(earlier);
  const looping = new Set(loops.flat());
  const cycles = loops.map((loop) => loop.map((at) => items[at]?.id ?? ""));
  const order: number[] = [];
  const placed = new Set<number>();
  const place = (at: number): void => {
    if (placed.has(at) || looping.has(at)) return;
    placed.add(at);
    for (const before of earlier[at] ?? []) place(before);
    const item = items[at];
    if (item !== undefined) order.push(item.index);
  };
  for (const at of items.keys()) place(at);
  return { order, cycles };
}

/** For each item, the positions of those that must come before it. */
function itemsBefore(items: readonly BatchItem[]): number[][] {
  // Map.groupBy would say this in a line, but the packed CLI also runs on Node 20, which lacks it.
  const byId = new Map<string, number[]>();
  for (const [at, item] of items.entries()) byId.set(item.id, [...(byId.get(item.id) ?? []), at]);
  const earlier = items.map((item) => parentsAmong(items, byId, item));
  for (const positions of byId.values()) {
    const ascending = positions.filter((at) => semver.valid(items[at]?.version) !== null);
    ascending.sort((a, b) => semver.compare(items[a]?.version ?? "", items[b]?.version ?? ""));
    // The one right below is enough: it has its own below it.
    for (const [rank, at] of ascending.entries()) {
      const below = ascending[rank - 1];
      if (below !== undefined) earlier[at]?.push(below);
    }
  }
  return earlier;
}

function parentsAmong(
  items: readonly BatchItem[],
  byId: ReadonlyMap<string, readonly number[]>,
  item: BatchItem,
): number[] {
  if (item.extends === null) return [];
  const selector = parseSelector(item.extends.selector);
  if (!selector.ok) return [];
  const candidates = byId.get(item.extends.name) ?? [];
  return candidates.filter((at) => mayChoose(selector.value, items[at]?.version ?? ""));
}

/** A batch moves no tag but `latest`; which version has a digest is not known here, so any might. */
function mayChoose(selector: Selector, version: string): boolean {
  switch (selector.type) {
    case "version":
      return selector.version === version;
    case "range":
      return semver.valid(version) !== null && semver.satisfies(version, selector.range);
    case "tag":
      return selector.tag === latestTag;
    case "digest":
      return true;
  }
}
