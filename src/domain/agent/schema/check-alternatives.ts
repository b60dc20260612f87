import { isMap, type JsonValue, own } from "../../document/json-value.ts";
import { isOfType, typesOf } from "./check-type.ts";
import type { KeywordCheck, Place, SchemaCheck, Seen } from "./schema-check.ts";

/** Keywords that put schemas together. */
export const checkAlternatives: KeywordCheck = (check, schema, value, at, seen) => {
  let fits = true;
  for (const one of listAt(own(schema, "allOf"))) {
    fits = check.fits(one, value, at, seen) && fits;
    if (!fits && check.isQuiet) return false;
  }
  const not = own(schema, "not");
  if (not !== undefined && check.fitsQuietly(not, value, at, null))
    fits = check.differ(at, "expected anything but what `not` says");
  fits = checkCondition(check, schema, value, at, seen) && fits;
  if (!fits && check.isQuiet) return false;
  fits = checkAnyOf(check, own(schema, "anyOf"), value, at, seen) && fits;
  if (!fits && check.isQuiet) return false;
  return checkOneOf(check, own(schema, "oneOf"), value, at, seen) && fits;
};

const checkCondition: KeywordCheck = (check, schema, value, at, seen) => {
  const condition = own(schema, "if");
  if (condition === undefined) return true;
  const then = own(schema, check.fitsQuietly(condition, value, at, seen) ? "then" : "else");
  return then === undefined || check.fits(then, value, at, seen);
};

function checkAnyOf(
  check: SchemaCheck,
  said: JsonValue | undefined,
  value: JsonValue,
  at: Place,
  seen: Seen | null,
): boolean {
  const choices = listAt(said);
  let count = 0;
  for (const choice of choices) {
    if (!check.fitsQuietly(choice, value, at, seen)) continue;
    count += 1;
    // Others may have seen more of it.
    if (seen === null) return true;
  }
  return count > 0 || choices.length === 0 || differAll(check, choices, value, at, "anyOf");
}

function checkOneOf(
  check: SchemaCheck,
  said: JsonValue | undefined,
  value: JsonValue,
  at: Place,
  seen: Seen | null,
): boolean {
  const choices = listAt(said);
  if (choices.length === 0) return true;
  const count = choices.filter((choice) => check.fitsQuietly(choice, value, at, seen)).length;
  if (count === 0) return differAll(check, choices, value, at, "oneOf");
  return (
    count === 1 || check.differ(at, `fits ${count} of the ${choices.length} schemas of oneOf, and may fit only one`)
  );
}

/** Where only one of the schemas is for values of this type, what it says against this one is what helps. */
function differAll(
  check: SchemaCheck,
  choices: readonly JsonValue[],
  value: JsonValue,
  at: Place,
  keyword: string,
): false {
  if (check.isQuiet) return false;
  const [meant, ...others] = choices.filter((choice) => mayMean(choice, value));
  if (meant === undefined || others.length > 0 || check.fits(meant, value, at, null))
    check.differ(at, `fits none of the ${choices.length} schemas of ${keyword}`);
  return false;
}

function mayMean(choice: JsonValue, value: JsonValue): boolean {
  if (!isMap(choice)) return choice !== false;
  const types = typesOf(own(choice, "type"));
  return types.length === 0 || types.some((type) => isOfType(value, type));
}

function listAt(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
