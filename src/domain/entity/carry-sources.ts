import type { AttributeSource } from "../../contract/entity/entity.ts";
import { limits } from "../../contract/limits.ts";
import { isRecord } from "../template/value/json-equality.ts";
import { formatAddress, type Step } from "./address.ts";
import type { ResolvedValues } from "./borrow-values.ts";
import { isSameData } from "./compare-data.ts";
import { parseAddress } from "./parse-address.ts";
import { compactSources, hasMoreLeaves, type RecordSources } from "./value-sources.ts";

/**
 * The sources of changed data: what is as it was keeps its source, what was changed has the one that it was borrowed from, or none. Lists
 * and maps of more than `mostLeaves` leaves are told as one where that can be.
 */
export function carrySources(
  before: { data: Record<string, unknown>; attribute_source: RecordSources },
  resolved: ResolvedValues,
  mostLeaves: number,
): RecordSources {
  const old = { data: before.data, source: before.attribute_source };
  return Object.fromEntries(
    Object.keys(resolved.values).map((key) => {
      const now = { data: resolved.values[key], source: memberSource(resolved.attributeSource, key) };
      const was = Object.hasOwn(old.data, key) ? memberOf(old, key) : null;
      return [key, compactSources(was === null ? now.source : carry(was, now, mostLeaves), null, mostLeaves)];
    }),
  );
}

interface Part {
  data: unknown;
  source: AttributeSource;
}

/** The sources of a part of the new data, given what lay there before. */
function carry(was: Part, now: Part, mostLeaves: number): AttributeSource {
  if (typeof now.source === "string") return now.source;
  const isPlain = !hasSource(now.source);
  if (isPlain && isSameData(was.data, now.data)) return was.source;
  // A large part that was changed is told by itself: its leaves' sources would take more room than they are worth.
  if (isPlain && hasMoreLeaves(now.data, mostLeaves)) return now.source;
  if (Array.isArray(was.data) && Array.isArray(now.data)) {
    return now.data.map((data, at) => carryMember(was, { data, source: memberSource(now.source, at) }, at, mostLeaves));
  }
  if (!isRecord(was.data) || !isRecord(now.data)) return now.source;
  const members = Object.entries(now.data);
  return Object.fromEntries(
    members.map(([key, data]) => [
      key,
      carryMember(was, { data, source: memberSource(now.source, key) }, key, mostLeaves),
    ]),
  );
}

function carryMember(was: Part, now: Part, step: Step, mostLeaves: number): AttributeSource {
  const had = Array.isArray(was.data) ? Number(step) < was.data.length : Object.hasOwn(Object(was.data), step);
  return had ? carry(memberOf(was, step), now, mostLeaves) : now.source;
}

function memberOf({ data, source }: Part, step: Step): Part {
  const member = Array.isArray(data) ? data[Number(step)] : isRecord(data) ? data[step] : undefined;
  return { data: member, source: memberSource(source, step) };
}

/** The source of a member. A list or map that is told by the address of a value has members at addresses below it. */
function memberSource(source: AttributeSource, step: Step): AttributeSource {
  if (source === null) return null;
  if (typeof source === "string") return formatMember(source, step);
  const member = Array.isArray(source) ? source[Number(step)] : Object.hasOwn(source, step) ? source[step] : null;
  return member ?? null;
}

function formatMember(source: string, step: Step): string {
  const parsed = parseAddress(source);
  // What came from an entity as a whole is not at a place in it.
  if (!parsed.ok || parsed.value.steps.length === 0) return source;
  const text = formatAddress({ ecsId: parsed.value.ecsId, steps: [...parsed.value.steps, step] });
  return text.length > limits.addressLength ? source : text;
}

function hasSource(source: AttributeSource): boolean {
  if (typeof source !== "object" || source === null) return source !== null;
  return Object.values(source).some(hasSource);
}
