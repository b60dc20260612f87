import { isMap, own } from "../../document/json-value.ts";
import type { KeywordCheck } from "./schema-check.ts";

/** What is said of members that no other keyword has looked at. Comes last. */
export const checkUnevaluated: KeywordCheck = (check, schema, value, at, seen) => {
  if (seen === null) return true;
  let fits = true;
  const members = own(schema, "unevaluatedProperties");
  if (members !== undefined && isMap(value)) {
    for (const [key, found] of Object.entries(value)) {
      check.take(1);
      if (seen.keys.has(key)) continue;
      fits = check.fits(members, found, { up: at, token: key }, null) && fits;
      seen.keys.add(key);
      if (!fits && check.isQuiet) return false;
    }
  }
  const items = own(schema, "unevaluatedItems");
  if (items !== undefined && Array.isArray(value)) {
    for (let index = seen.first; index < value.length; index += 1) {
      const found = value[index];
      check.take(1);
      if (found === undefined || seen.items.has(index)) continue;
      fits = check.fits(items, found, { up: at, token: index }, null) && fits;
      if (!fits && check.isQuiet) return false;
    }
    seen.first = value.length;
  }
  return fits;
};
