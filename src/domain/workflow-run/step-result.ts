import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";
import type { Step } from "../entity/address.ts";
import type { Source } from "./sourced.ts";
import { isWanted, type Wanted, wantedOf } from "./wanted-values.ts";

/** What a step gave. Outputs of calls are named by their entity: they are fetched when an expression reads them. */
export type StepResult =
  | { kind: "entity"; ecsId: string }
  | { kind: "value"; value: JsonValue; source: Source }
  | { kind: "map"; members: ReadonlyMap<string, StepResult> }
  /** Null for an item that gave nothing. */
  | { kind: "list"; items: readonly (StepResult | null)[] };

/** What a step gives whose document says `outputs: NAME`: a map with the result under that name. */
export function underName(name: string | undefined, result: StepResult): StepResult {
  return name === undefined ? result : { kind: "map", members: new Map([[name, result]]) };
}

/** The entities that must be at hand for what is wanted of a result. */
export function entitiesWanted(result: StepResult, wanted: Wanted, found: Set<string>): void {
  if (!isWanted(wanted)) return;
  if (result.kind === "entity") found.add(result.ecsId);
  else
    for (const [name, member] of membersOf(result)) {
      const part = member === null ? undefined : wantedOf(wanted, name);
      if (member !== null && part !== undefined) entitiesWanted(member, part, found);
    }
}

/** What is wanted of a result, as a value. Lists keep their length; what nobody wants of them is null. */
export function valueOfResult(result: StepResult, wanted: Wanted, entities: ReadonlyMap<string, JsonMap>): JsonValue {
  switch (result.kind) {
    case "value":
      return result.value;
    case "entity":
      return entities.get(result.ecsId) ?? {};
    case "list":
      return result.items.map((item, at) => memberValue(item, wantedOf(wanted, String(at)), entities));
    case "map": {
      const members: [string, JsonValue][] = [];
      for (const [name, member] of result.members) {
        const part = wantedOf(wanted, name);
        if (part !== undefined) members.push([name, valueOfResult(member, part, entities)]);
      }
      return Object.fromEntries(members);
    }
  }
}

function memberValue(
  member: StepResult | null,
  wanted: Wanted | undefined,
  entities: ReadonlyMap<string, JsonMap>,
): JsonValue {
  return member === null || wanted === undefined ? null : valueOfResult(member, wanted, entities);
}

/** Where what lies at a path in a result came from; where nothing lies there, whence what the path leads to last. `value`: of the result. */
export function sourceInResult(result: StepResult, path: readonly string[], value: JsonValue | undefined): Source {
  if (result.kind === "entity") return sourceWithin({ at: { ecsId: result.ecsId, steps: [] } }, path, value);
  if (result.kind === "value") return sourceWithin(result.source, path, value);
  const [token, ...rest] = path;
  if (token === undefined) return wholeSource(result);
  const member = memberOf(result, token);
  return member === null ? nowhere : sourceInResult(member, rest, memberOfValue(value, token)?.value);
}

/** Where what lies at a path in a value came from, given where the value did. */
export function sourceWithin(source: Source, path: readonly string[], value: JsonValue | undefined): Source {
  let [at, here] = [source, value];
  for (const token of path) {
    if ("from" in at) return at;
    const next = memberOfValue(here, token);
    // Only a reference that was not followed in vain ends in something; of the others, all that there is on the way was looked at.
    if (next === null) return at;
    if ("at" in at) at = { at: { ecsId: at.at.ecsId, steps: [...at.at.steps, next.step] } };
    else at = memberSource(at.members, token) ?? nowhere;
    here = next.value;
  }
  return at;
}

/** Of nothing. */
export const nowhere: Source = { from: [] };

function wholeSource(result: StepResult): Source {
  switch (result.kind) {
    case "entity":
      return { at: { ecsId: result.ecsId, steps: [] } };
    case "value":
      return result.source;
    case "list":
      return { members: result.items.map((item) => (item === null ? nowhere : wholeSource(item))) };
    case "map":
      return { members: Object.fromEntries([...result.members].map(([name, member]) => [name, wholeSource(member)])) };
  }
}

function membersOf(result: StepResult): Iterable<[string, StepResult | null]> {
  if (result.kind === "map") return result.members;
  return result.kind === "list" ? result.items.map((item, at): [string, StepResult | null] => [String(at), item]) : [];
}

function memberOf(result: StepResult & { kind: "map" | "list" }, token: string): StepResult | null {
  if (result.kind === "map") return result.members.get(token) ?? null;
  return (isIndex(token) ? result.items[Number(token)] : null) ?? null;
}

function memberSource(members: Members, token: string): Source | undefined {
  if (isListOfSources(members)) return members[Number(token)];
  return Object.hasOwn(members, token) ? members[token] : undefined;
}

type Members = Extract<Source, { members: unknown }>["members"];

/** `Array.isArray` does not tell read-only lists from maps. */
export function isListOfSources(members: Members): members is readonly Source[] {
  return Array.isArray(members);
}

function memberOfValue(value: JsonValue | undefined, token: string): { value: JsonValue; step: Step } | null {
  if (Array.isArray(value)) {
    const item = isIndex(token) ? value[Number(token)] : undefined;
    return item === undefined ? null : { value: item, step: Number(token) };
  }
  const member = isMap(value) ? own(value, token) : undefined;
  return member === undefined ? null : { value: member, step: token };
}

function isIndex(token: string): boolean {
  return /^(0|[1-9]\d{0,8})$/.test(token);
}
