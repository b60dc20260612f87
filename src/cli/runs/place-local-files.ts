import { isAbsolute, join } from "node:path";
import type { Field } from "../../contract/template/field.ts";
import { isReference } from "./is-reference.ts";
import { LocalFile } from "./local-file.ts";

/** Puts a `LocalFile` in place of each `@path` that stands where the field declares a file; paths begin at `folder`. */
export function placeLocalFiles(field: Field | undefined, value: unknown, folder: string): unknown {
  switch (field?.type) {
    case "file":
      if (typeof value !== "string" || value.length < 2 || !value.startsWith("@") || isReference(value)) return value;
      return localFile(value.slice(1), folder);
    case "array":
      return Array.isArray(value) ? value.map((item) => placeLocalFiles(field.items, item, folder)) : value;
    case "object": {
      if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
      const entries = Object.entries(value);
      return Object.fromEntries(
        entries.map(([key, inner]) => [key, placeLocalFiles(field.properties?.[key], inner, folder)]),
      );
    }
    default:
      return value;
  }
}

/** The path stays as short as it was written, because it is told to whoever wrote it. */
function localFile(path: string, folder: string): LocalFile {
  return new LocalFile(isAbsolute(path) ? path : join(folder, path));
}
