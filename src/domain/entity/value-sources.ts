import type { AttributeSource } from "../../contract/entity/entity.ts";
import { limits } from "../../contract/limits.ts";
import { utf8SizeBytes } from "../document/utf8-size.ts";
import { isRecord } from "../template/value/json-equality.ts";
import { type Address, formatAddress, type Step } from "./address.ts";

/** Where each value of a record came from. */
export type RecordSources = Record<string, AttributeSource>;

/**
 * The sources of a record in as much detail as `limits.sourceBytes` allows: first up to `limits.sourceLeaves` in each list and map that came
 * from one place, then one for each of these. Null when even that is too large.
 */
export function sourcesWithin(sourcesOf: (mostLeaves: number) => RecordSources): RecordSources | null {
  for (const mostLeaves of [limits.sourceLeaves, 0]) {
    const sources = sourcesOf(mostLeaves);
    if (utf8SizeBytes(JSON.stringify(sources)) <= limits.sourceBytes) return sources;
  }
  return null;
}

/** The source `of` each leaf, in the shape of the value. */
export function sourcesOf(value: unknown, of: (leaf: unknown) => AttributeSource): AttributeSource {
  return mapMembers(value, (member) => sourcesOf(member, of)) ?? of(value);
}

/** Sources of a value that was borrowed whole: the address of each of its leaves, or its own where they are too many or too long. */
export function borrowedSources(
  value: unknown,
  { ecsId, steps }: Address,
  mostLeaves: number,
): { source: AttributeSource; leaves: number } {
  let leaves = 0;
  let fits = true;
  const path = [...steps];
  const sourceOf = (part: unknown): AttributeSource => {
    const isScalar = typeof part !== "object" || part === null;
    if (isScalar || Object.keys(part).length === 0) {
      leaves += 1;
      const text = formatAddress({ ecsId, steps: path });
      fits &&= leaves <= mostLeaves && text.length <= limits.addressLength;
      return text;
    }
    const ofMember = (member: unknown, step: Step) => {
      if (!fits) return null;
      path.push(step);
      const source = sourceOf(member);
      path.pop();
      return source;
    };
    return mapMembers(part, ofMember) ?? null;
  };
  const source = sourceOf(value);
  return fits ? { source, leaves } : { source: formatAddress({ ecsId, steps }), leaves: 1 };
}

/** Tells a list or a map of more than `mostLeaves` by one source, where all of it has this very one. */
export function compactSources(source: AttributeSource, one: string | null, mostLeaves: number): AttributeSource {
  return compact(source, one, mostLeaves).source;
}

interface Compact {
  source: AttributeSource;
  leaves: number;
  isOne: boolean;
}

function compact(source: AttributeSource, one: string | null, mostLeaves: number): Compact {
  if (typeof source !== "object" || source === null) return { source, leaves: 1, isOne: source === one };
  let leaves = 0;
  let isOne = true;
  const ofMember = (member: AttributeSource) => {
    const found = compact(member, one, mostLeaves);
    leaves += found.leaves;
    isOne &&= found.isOne;
    return found.source;
  };
  const members = Array.isArray(source)
    ? source.map(ofMember)
    : Object.fromEntries(Object.entries(source).map(([key, member]) => [key, ofMember(member)]));
  return { source: isOne && leaves > mostLeaves ? one : members, leaves, isOne };
}

/** Sources of a record some of whose keys, at any depth, were added after the sources were told: these have none. */
export function completeSources(data: Record<string, unknown>, sources: RecordSources): RecordSources {
  return Object.fromEntries(
    Object.keys(data).map((key) => {
      const known = Object.hasOwn(sources, key) ? sources[key] : undefined;
      const added = () =>
        compactSources(
          sourcesOf(data[key], () => null),
          null,
          limits.sourceLeaves,
        );
      return [key, known === undefined ? added() : completeSource(data[key], known)];
    }),
  );
}

function completeSource(value: unknown, source: AttributeSource): AttributeSource {
  if (typeof source !== "object" || source === null) return source;
  if (!Array.isArray(source)) return isRecord(value) ? completeSources(value, source) : source;
  return Array.isArray(value) ? source.map((member, position) => completeSource(value[position], member)) : source;
}

/** Whether a value has more leaves than `most`. */
export function hasMoreLeaves(value: unknown, most: number): boolean {
  let left = most;
  const count = (part: unknown): boolean => {
    if (typeof part === "object" && part !== null) return Object.values(part).some(count);
    left -= 1;
    return left < 0;
  };
  return count(value);
}

/** A list or a map with each member replaced; undefined for a scalar. */
function mapMembers(
  value: unknown,
  change: (member: unknown, step: Step) => AttributeSource,
): AttributeSource | undefined {
  if (Array.isArray(value)) return value.map((member, position) => change(member, position));
  if (!isRecord(value)) return undefined;
  // fromEntries defines properties instead of assigning them: a key `__proto__` stays a key.
  return Object.fromEntries(Object.keys(value).map((key) => [key, change(value[key], key)]));
}
