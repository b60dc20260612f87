import type { JsonMap, JsonValue } from "../../document/json-value.ts";
import type { Pattern } from "../../template/value/compile-pattern.ts";
import type { ReadSchema } from "./read-schema.ts";

/** Where a value lies; null: it is the whole. Pointers are put together only for what does not fit. */
export type Place = { up: Place; token: string | number } | null;

/** What the keywords of a schema have looked at of one value. */
export interface Seen {
  keys: Set<string>;
  /** How many items from the first one on. */
  first: number;
  items: Set<number>;
}

/** One check of a value by a schema, as its keywords see it. */
export interface SchemaCheck {
  readonly read: ReadSchema;
  /** Whether only the answer counts: nothing is told then, and the first difference is enough. */
  readonly isQuiet: boolean;
  /** Whether a value fits a schema. What is seen of it is added to `seen`, unless that is null. */
  fits(schema: JsonValue, value: JsonValue, at: Place, seen: Seen | null): boolean;
  /** The same, without telling why not. */
  fitsQuietly(schema: JsonValue, value: JsonValue, at: Place, seen: Seen | null): boolean;
  /** Tells a difference; always false. */
  differ(at: Place, message: string): false;
  /** Pays for work; throws when too much of it was done. */
  take(steps: number): void;
  /** A compiled pattern that is paid for; null where RE2 cannot read it. */
  pattern(source: string): Pattern | null;
  /** Whether a text has a pattern, paid for. */
  matches(pattern: Pattern, text: string): boolean;
}

/** What keywords that belong together say of a value. `seen`: where they note what they looked at; null when nothing asks for it. */
export type KeywordCheck = (
  check: SchemaCheck,
  schema: JsonMap,
  value: JsonValue,
  at: Place,
  seen: Seen | null,
) => boolean;

export function nothingSeen(): Seen {
  return { keys: new Set(), first: 0, items: new Set() };
}

export function addSeen(to: Seen, from: Seen): void {
  for (const key of from.keys) to.keys.add(key);
  for (const item of from.items) to.items.add(item);
  to.first = Math.max(to.first, from.first);
}
