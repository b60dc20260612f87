import type { Issue } from "../../contract/issue.ts";
import type { JsonValue } from "./json-value.ts";

/** A place in a source: both count from 1; the column counts UTF-16 units, as editors do. */
export interface Place {
  line: number;
  column: number;
}

/** A parsed document that remembers where each of its values was written. */
export interface PlacedDocument {
  value: JsonValue;
  /** Where the value at a JSON Pointer, or the key that holds it, is written; null when it is not in the source. */
  place(pointer: string, of?: "key" | "value"): Place | null;
}

/** What reading gives: a document, or null and the reasons. */
export interface Reading {
  document: PlacedDocument | null;
  issues: Issue[];
}
