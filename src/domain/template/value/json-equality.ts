/** Whether two JSON values say the same: numbers by value, objects whatever the order of their keys. */
export function sameJson(a: unknown, b: unknown): boolean {
  return canonicalText(a) === canonicalText(b);
}

/** One text for all spellings of a JSON value: keys sorted, `1.0` as `1`, `-0` as `0`. Values JSON cannot carry read as null. */
export function canonicalText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalText).join(",")}]`;
  if (!isRecord(value)) return JSON.stringify(value ?? null) ?? "null";
  const members = Object.keys(value)
    .filter((key) => value[key] !== undefined)
    .sort()
    .map((key) => `${JSON.stringify(key)}:${canonicalText(value[key])}`);
  return `{${members.join(",")}}`;
}

/** Whether a value is a JSON object. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** A deep copy of a JSON value; a key `__proto__` stays a key. */
export function copyJson(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(copyJson);
  if (!isRecord(value)) return value;
  // fromEntries defines properties instead of assigning them, so no prototype is set.
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, copyJson(member)]));
}
