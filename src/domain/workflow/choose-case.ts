import type { JsonValue } from "../document/json-value.ts";

/** The case of a switch that a value chooses; `default` when it chooses none and there is one, else null. */
export function chooseCase(value: JsonValue, cases: readonly string[]): string | null {
  const named = cases.filter((key) => key !== defaultCase);
  return named.find((key) => isCase(value, key)) ?? (cases.includes(defaultCase) ? defaultCase : null);
}

/** The key of the list that is gone through when no case is. */
export const defaultCase = "default";

function isCase(value: JsonValue, key: string): boolean {
  if (typeof value === "string" || typeof value === "boolean") return String(value) === key;
  return typeof value === "number" && isNumeric(key) && Number(key) === value;
}

function isNumeric(text: string): boolean {
  return /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text);
}
