import type { JsonValue } from "../../../domain/document/json-value.ts";

/** What a comment means by a value: JSON, or words as they are. */
export function jsonOfText(text: string): JsonValue {
  try {
    const value: JsonValue = JSON.parse(text);
    return value;
  } catch {
    // 'single quotes' are how code writes a string; anything else is one without quotes.
    return /^'[^']*'$/.test(text) ? text.slice(1, -1) : text;
  }
}
