import { digest } from "../../contract/artifact/digest.ts";
import type { Field } from "../../contract/template/field.ts";

/** A file among values, by the words that lead to it: `preview`, `pages` `0`. */
export interface FileInValues {
  words: readonly string[];
  digest: string;
  /** Whether nothing declares it: it only looks like a file's digest. */
  isGuess: boolean;
}

/** The files in values, wherever their fields declare one; where they allow anything, what looks like one. */
export function filesInValues(fields: Record<string, Field>, values: Record<string, unknown>): FileInValues[] {
  return Object.entries(values).flatMap(([key, value]) => filesIn(fields[key], value, [key]));
}

function filesIn(field: Field | undefined, value: unknown, words: readonly string[]): FileInValues[] {
  switch (field?.type) {
    case "file": {
      const parsed = digest.safeParse(value);
      return parsed.success ? [{ words, digest: parsed.data, isGuess: false }] : [];
    }
    case "array":
      return Array.isArray(value) ? value.flatMap((item, i) => filesIn(field.items, item, [...words, String(i)])) : [];
    case "object":
      if (typeof value !== "object" || value === null) return [];
      return Object.entries(value).flatMap(([key, inner]) => filesIn(field.properties?.[key], inner, [...words, key]));
    case "any":
      return guessedIn(value, words);
    default:
      return [];
  }
}

function guessedIn(value: unknown, words: readonly string[]): FileInValues[] {
  const parsed = digest.safeParse(value);
  if (parsed.success) return [{ words, digest: parsed.data, isGuess: true }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => guessedIn(inner, [...words, key]));
}
