import { isMap, type JsonMap, type JsonValue, own } from "../document/json-value.ts";

/** A value while an expression is evaluated. An integer is a bigint, another number a float. */
export type Value = null | boolean | bigint | number | string | ListValue | MapValue;

/** What a map's key can be. Maps that came from JSON have texts only. */
export type MapKey = string | bigint | boolean;

/** A list, whose items are turned into values when they are read: a large list of the scope costs nothing until then. */
export interface ListValue {
  kind: "list";
  size: number;
  at(index: number): Value | undefined;
}

/** A map, read like a list. */
export interface MapValue {
  kind: "map";
  size: number;
  get(key: MapKey): Value | undefined;
  keys(): MapKey[];
}

/** Why there is no value, and where in the expression's text. Not an exception: `a || b` may be true all the same. */
export class NoValue {
  readonly message: string;
  readonly at: number;

  constructor(message: string, at: number) {
    this.message = message;
    this.at = at;
  }
}

/** What was already made of a scope's lists and maps, so that a large map's keys are listed once in an evaluation. */
export type ReadValues = WeakMap<JsonMap, MapValue>;

/** A value of JSON. A whole number is an integer, 2.0 too: JSON does not tell them apart. */
export function readJson(json: JsonValue, read: ReadValues): Value {
  if (typeof json === "number") return Number.isSafeInteger(json) ? BigInt(json) : json;
  if (Array.isArray(json)) return listOfJson(json, read);
  if (!isMap(json)) return json;
  const known = read.get(json) ?? mapOfJson(json, read);
  read.set(json, known);
  return known;
}

function listOfJson(items: readonly JsonValue[], read: ReadValues): ListValue {
  return {
    kind: "list",
    size: items.length,
    at: (index) => {
      const item = items[index];
      return item === undefined ? undefined : readJson(item, read);
    },
  };
}

function mapOfJson(map: JsonMap, read: ReadValues): MapValue {
  let keys: string[] | null = null;
  const all = (): string[] => {
    keys ??= Object.keys(map);
    return keys;
  };
  return {
    kind: "map",
    get size() {
      return all().length;
    },
    get: (key) => {
      // Own keys only: `constructor` and `__proto__` are names like others.
      const item = typeof key === "string" ? own(map, key) : undefined;
      return item === undefined ? undefined : readJson(item, read);
    },
    keys: all,
  };
}

/** A list that an expression made. */
export function listOf(items: readonly Value[]): ListValue {
  return { kind: "list", size: items.length, at: (index) => items[index] };
}

/** A map that an expression made. */
export function mapOf(entries: ReadonlyMap<MapKey, Value>): MapValue {
  return { kind: "map", size: entries.size, get: (key) => entries.get(key), keys: () => [...entries.keys()] };
}

export function isList(value: Value): value is ListValue {
  return typeof value === "object" && value !== null && value.kind === "list";
}

export function isMapValue(value: Value): value is MapValue {
  return typeof value === "object" && value !== null && value.kind === "map";
}

/** A value's type, in the words of fields. */
export function typeName(value: Value): string {
  switch (typeof value) {
    case "bigint":
      return "an integer";
    case "number":
      return "a float";
    case "string":
      return "a string";
    case "boolean":
      return "a boolean";
    default:
      return value === null ? "null" : value.kind === "list" ? "an array" : "an object";
  }
}
