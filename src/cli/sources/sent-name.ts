import { basename } from "node:path";
import { limits } from "../../contract/limits.ts";

/** What the registry is told of a file's name: not where on this machine it lies. */
export function sentName(path: string): string {
  const name = basename(path);
  return name.length <= limits.fileNameLength ? name : name.slice(-limits.fileNameLength);
}
