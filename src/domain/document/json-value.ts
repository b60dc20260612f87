/** What JSON can carry (RFC 8259), and therefore all that a document can hold. */
export type JsonValue = null | boolean | number | string | JsonValue[] | JsonMap;

/** A JSON object. */
export interface JsonMap {
  [key: string]: JsonValue;
}

/** Whether a value is a JSON object: neither null, nor a list, nor a scalar. */
export function isMap(value: JsonValue | undefined): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The value under a map's own key; undefined when it has none, also for names like `constructor`. */
export function own(map: JsonMap, key: string): JsonValue | undefined {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

/** A copy of what JSON can carry of a value: keys that are undefined are left out. */
export function copyJson(value: unknown): JsonValue {
  if (Array.isArray(value)) return value.map(copyJson);
  if (typeof value === "object" && value !== null) {
    const copy: JsonMap = {};
    for (const [key, item] of Object.entries(value)) if (item !== undefined) copy[key] = copyJson(item);
    return copy;
  }
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean" ? value : null;
}

/** The value at the tokens of a pointer; undefined when there is none. */
export function valueAt(root: JsonValue, tokens: readonly string[]): JsonValue | undefined {
  let value: JsonValue | undefined = root;
  for (const token of tokens) {
    if (Array.isArray(value)) value = /^(0|[1-9]\d*)$/.test(token) ? value[Number(token)] : undefined;
    else if (isMap(value)) value = own(value, token);
    else return undefined;
  }
  return value;
}
