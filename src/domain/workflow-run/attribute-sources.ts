import type { AttributeSource } from "../../contract/entity/entity.ts";
import { limits } from "../../contract/limits.ts";
import { type Address, formatAddress } from "../entity/address.ts";
import type { BorrowedValue } from "../entity/new-entity.ts";
import {
  borrowedSources,
  compactSources,
  type RecordSources,
  sourcesOf,
  sourcesWithin,
} from "../entity/value-sources.ts";
import { pointerOf } from "../pointer.ts";
import { isRecord } from "../template/value/json-equality.ts";
import type { Source, SourcedMap } from "./sourced.ts";
import { isListOfSources } from "./step-result.ts";

/** Where the values of an entity came from, as entities store it. */
export interface StoredSources {
  attributeSource: RecordSources;
  borrowed: BorrowedValue[];
}

/**
 * Turns the sources of a workflow's values into what their entity stores. A copy has the address of each of its leaves, and one edge. What was
 * computed has no source, since it is no copy of anything; the edges from all that it was computed from end in a member of it that there is not:
 * `/total/-`, `/total/-/1`.
 */
export function attributeSources({ values, sources }: SourcedMap): StoredSources {
  const known = Object.keys(values).map((key) => ({ key, value: values[key], source: memberOf(sources, key) }));
  const attributeSource =
    sourcesWithin((mostLeaves) => {
      const budget = { left: mostTold };
      return Object.fromEntries(
        known.map(({ key, value, source }) => {
          const told = sourceOfValue(value, source, mostLeaves, budget);
          return [key, compactSources(told, null, mostLeaves)];
        }),
      );
      // A list of what thousands of items gave has more sources than an entity can tell; its edges are told all the same.
    }) ?? Object.fromEntries(known.map(({ key }) => [key, null]));
  return { attributeSource, borrowed: edgesOf(known) };
}

/** Addresses of leaves in one record: more than these would not fit into `limits.sourceBytes`, so none are made. */
const mostTold = 10_000;

function sourceOfValue(value: unknown, source: Source, mostLeaves: number, budget: { left: number }): AttributeSource {
  if ("from" in source) return sourcesOf(value, () => null);
  if ("at" in source) {
    const most = Math.max(0, Math.min(mostLeaves, budget.left));
    const { source: told, leaves } = borrowedSources(value, writable(source.at), most);
    budget.left -= leaves;
    return told;
  }
  const { members } = source;
  if (Array.isArray(value)) {
    return value.map((item, at) => sourceOfValue(item, memberOf(members, String(at)), mostLeaves, budget));
  }
  if (!isRecord(value)) return null;
  return Object.fromEntries(
    Object.keys(value).map((key) => [key, sourceOfValue(value[key], memberOf(members, key), mostLeaves, budget)]),
  );
}

/** One edge for each copy, and one for each place that something was computed from; no more than a graph may hold. */
function edgesOf(known: readonly { key: string; source: Source }[]): BorrowedValue[] {
  const edges: BorrowedValue[] = [];
  const taken = new Set<string>();
  const add = (path: string, address: Address): void => {
    const { ecsId, steps } = writable(address);
    taken.add(path);
    edges.push({ path, sourceEcsId: ecsId, sourcePath: pointerOf(steps) });
  };
  const addComputed = (pointer: string, address: Address): void => {
    let number = 0;
    let path = `${pointer}/-`;
    while (taken.has(path)) path = `${pointer}/-/${++number}`;
    add(path, address);
  };
  const walk = (source: Source, path: readonly string[]): void => {
    if (edges.length >= limits.lineageEdges) return;
    if ("members" in source) {
      for (const [key, member] of Object.entries(source.members)) walk(member, [...path, key]);
      return;
    }
    const here = writablePointer(path);
    if ("from" in source) for (const address of source.from) addComputed(here, address);
    else if (here === pointerOf(path) && !taken.has(here)) add(here, source.at);
    else addComputed(here, source.at);
  };
  for (const { key, source } of known) walk(source, [key]);
  return edges.slice(0, limits.lineageEdges);
}

/** An address that is not longer than addresses may be: of what the value lies in, where its own is. */
function writable({ ecsId, steps }: Address): Address {
  let fitting = steps;
  while (formatAddress({ ecsId, steps: fitting }).length > limits.addressLength) fitting = fitting.slice(0, -1);
  return { ecsId, steps: fitting };
}

function writablePointer(path: readonly string[]): string {
  let fitting = path;
  while (pointerOf(fitting).length > limits.addressLength - roomForNumber) fitting = fitting.slice(0, -1);
  return pointerOf(fitting);
}

/** `/-/12345` */
const roomForNumber = 8;

function memberOf(members: Extract<Source, { members: unknown }>["members"], key: string): Source {
  const found = isListOfSources(members)
    ? members[Number(key)]
    : Object.hasOwn(members, key)
      ? members[key]
      : undefined;
  return found ?? { from: [] };
}
