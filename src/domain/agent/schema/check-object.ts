import { isMap, type JsonMap, type JsonValue, own } from "../../document/json-value.ts";
import { quote } from "../../template/value/show-value.ts";
import { numberAt } from "./check-scalar.ts";
import type { KeywordCheck, Place, SchemaCheck, Seen } from "./schema-check.ts";

/** What is said of objects. */
export const checkObject: KeywordCheck = (check, schema, value, at, seen) => {
  if (!isMap(value)) return true;
  let fits = checkPresence(check, schema, value, at);
  for (const part of [checkMembers, checkNames, checkDependents]) {
    if (!fits && check.isQuiet) return false;
    fits = part(check, schema, value, at, seen) && fits;
  }
  return fits;
};

type ObjectPart = (check: SchemaCheck, schema: JsonMap, value: JsonMap, at: Place, seen: Seen | null) => boolean;

function checkPresence(check: SchemaCheck, schema: JsonMap, value: JsonMap, at: Place): boolean {
  let fits = missing(check, own(schema, "required"), value, at, "");
  const [least, most] = [numberAt(schema, "minProperties"), numberAt(schema, "maxProperties")];
  if (least === null && most === null) return fits;
  const count = Object.keys(value).length;
  check.take(1 + Math.ceil(count / 16));
  if (least !== null && count < least) fits = check.differ(at, `expected at least ${least} properties, found ${count}`);
  if (most !== null && count > most) fits = check.differ(at, `expected at most ${most} properties, found ${count}`);
  return fits;
}

function missing(check: SchemaCheck, names: JsonValue | undefined, value: JsonMap, at: Place, why: string): boolean {
  if (!Array.isArray(names)) return true;
  check.take(names.length);
  let fits = true;
  for (const name of names) {
    if (typeof name !== "string" || Object.hasOwn(value, name)) continue;
    fits = check.differ(at, `expected the property ${quote(name)}${why}, which is missing`);
    if (check.isQuiet) return false;
  }
  return fits;
}

const memberKeywords = ["properties", "patternProperties", "additionalProperties"];

const checkMembers: ObjectPart = (check, schema, value, at, seen) => {
  if (!memberKeywords.some((keyword) => Object.hasOwn(schema, keyword))) return true;
  const named = mapAt(schema, "properties");
  const patterns = Object.entries(mapAt(schema, "patternProperties")).map(
    ([source, wanted]) => [check.pattern(source), wanted] as const,
  );
  const others = own(schema, "additionalProperties");
  const isVague = patterns.some(([pattern]) => pattern === null);
  let fits = true;
  for (const [key, found] of Object.entries(value)) {
    const wanted: JsonValue[] = [];
    const byName = own(named, key);
    if (byName !== undefined) wanted.push(byName);
    for (const [pattern, byPattern] of patterns)
      if (pattern !== null && check.matches(pattern, key)) wanted.push(byPattern);
    // A pattern that cannot be read might have named it.
    if (wanted.length === 0 && others !== undefined && !isVague) wanted.push(others);
    check.take(1);
    for (const one of wanted) {
      fits =
        (one === false ? unknown(check, at, key, named) : check.fits(one, found, { up: at, token: key }, null)) && fits;
      if (!fits && check.isQuiet) return false;
    }
    if (wanted.length > 0) seen?.keys.add(key);
  }
  return fits;
};

function unknown(check: SchemaCheck, at: Place, key: string, named: JsonMap): false {
  const names = Object.keys(named);
  const some = names.slice(0, 20).join(", ");
  const known = names.length === 0 ? "no property is allowed" : `it knows ${some}${names.length > 20 ? ", …" : ""}`;
  return check.differ({ up: at, token: key }, `there is no property ${quote(key)}: ${known}`);
}

const checkNames: ObjectPart = (check, schema, value, at) => {
  const wanted = own(schema, "propertyNames");
  if (wanted === undefined) return true;
  let fits = true;
  for (const key of Object.keys(value)) {
    if (check.fitsQuietly(wanted, key, { up: at, token: key }, null)) continue;
    fits = check.differ({ up: at, token: key }, `${quote(key)} is no name as propertyNames says`);
    if (check.isQuiet) return false;
  }
  return fits;
};

/** `dependencies` was both until 2019-09. */
const checkDependents: ObjectPart = (check, schema, value, at, seen) => {
  let fits = true;
  for (const keyword of ["dependentRequired", "dependentSchemas", "dependencies"]) {
    for (const [key, wanted] of Object.entries(mapAt(schema, keyword))) {
      check.take(1);
      if (!Object.hasOwn(value, key)) continue;
      const isList = Array.isArray(wanted);
      const ok = isList
        ? missing(check, wanted, value, at, ` beside ${quote(key)}`)
        : keyword === "dependentRequired" || check.fits(wanted, value, at, seen);
      fits = ok && fits;
      if (!fits && check.isQuiet) return false;
    }
  }
  return fits;
};

function mapAt(schema: JsonMap, key: string): JsonMap {
  const value = own(schema, key);
  return isMap(value) ? value : {};
}
