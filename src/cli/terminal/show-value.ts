import { plainText, shorten } from "./plain-text.ts";

const widestValue = 200;

/** A value on one line: text as it is, everything else as JSON; what is long is cut. */
export function showValue(value: unknown, width = widestValue): string {
  const text = typeof value === "string" ? (value === "" ? '""' : value) : (JSON.stringify(value) ?? "nothing");
  return shorten(plainText(text), width);
}
