import { limits } from "../../contract/limits.ts";

/** Annotations as a manifest's row repeats them: JSON. Empty when they are too large for that: then the manifest itself tells them. */
export function rowAnnotations(annotations: Record<string, string>): string {
  const json = JSON.stringify(annotations);
  // Characters have at most three bytes each here; a row's 2 MB are far off.
  return json.length > limits.rowAnnotationsLength ? "" : json;
}
