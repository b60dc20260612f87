import { type JsonMap, type JsonValue, own } from "../../document/json-value.ts";
import { canonicalText } from "../../template/value/json-equality.ts";
import { numberAt } from "./check-scalar.ts";
import type { KeywordCheck, Place, SchemaCheck, Seen } from "./schema-check.ts";

/** What is said of lists. */
export const checkArray: KeywordCheck = (check, schema, value, at, seen) => {
  if (!Array.isArray(value)) return true;
  const [least, most] = [numberAt(schema, "minItems"), numberAt(schema, "maxItems")];
  let fits = true;
  if (least !== null && value.length < least)
    fits = check.differ(at, `expected at least ${least} items, found ${value.length}`);
  if (most !== null && value.length > most)
    fits = check.differ(at, `expected at most ${most} items, found ${value.length}`);
  fits = checkItems(check, schema, value, at, seen) && fits;
  if (!fits && check.isQuiet) return false;
  fits = checkContains(check, schema, value, at, seen) && fits;
  return (own(schema, "uniqueItems") !== true || checkUnique(check, value, at)) && fits;
};

/** Until 2019-09, a list in `items` was what `prefixItems` is, and `additionalItems` said what follows. */
function checkItems(
  check: SchemaCheck,
  schema: JsonMap,
  value: readonly JsonValue[],
  at: Place,
  seen: Seen | null,
): boolean {
  const [prefix, items] = [own(schema, "prefixItems"), own(schema, "items")];
  const first = Array.isArray(prefix) ? prefix : Array.isArray(items) ? items : [];
  const rest = Array.isArray(items) ? own(schema, "additionalItems") : items;
  let fits = true;
  const end = rest === undefined ? Math.min(first.length, value.length) : value.length;
  for (let index = 0; index < end; index += 1) {
    const [wanted, found] = [first[index] ?? rest, value[index]];
    if (wanted === undefined || found === undefined) continue;
    fits = check.fits(wanted, found, { up: at, token: index }, null) && fits;
    if (!fits && check.isQuiet) return false;
  }
  if (seen !== null) seen.first = Math.max(seen.first, end);
  return fits;
}

function checkContains(
  check: SchemaCheck,
  schema: JsonMap,
  value: readonly JsonValue[],
  at: Place,
  seen: Seen | null,
): boolean {
  const wanted = own(schema, "contains");
  if (wanted === undefined) return true;
  const least = numberAt(schema, "minContains") ?? 1;
  const most = numberAt(schema, "maxContains");
  let count = 0;
  for (const [index, item] of value.entries()) {
    if (!check.fitsQuietly(wanted, item, { up: at, token: index }, null)) continue;
    count += 1;
    seen?.items.add(index);
  }
  if (count < least) return check.differ(at, `expected at least ${least} items as contains says, found ${count}`);
  if (most === null || count <= most) return true;
  return check.differ(at, `expected at most ${most} items as contains says, found ${count}`);
}

function checkUnique(check: SchemaCheck, value: readonly JsonValue[], at: Place): boolean {
  const known = new Map<string, number>();
  for (const [index, item] of value.entries()) {
    const text = canonicalText(item);
    check.take(1 + Math.ceil(text.length / 16));
    const before = known.get(text);
    if (before !== undefined)
      return check.differ({ up: at, token: index }, `expected items that differ, found the one at ${before} again`);
    known.set(text, index);
  }
  return true;
}
