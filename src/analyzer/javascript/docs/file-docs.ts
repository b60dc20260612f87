import type { File } from "@babel/types";
import { isJsdoc, type Jsdoc, readJsdoc } from "./read-jsdoc.ts";

/** The first JSDoc comment of a file, whatever stands behind it. */
export function fileDocs(code: string, file: File): Jsdoc | null {
  const first = file.comments?.find(isJsdoc);
  return first === undefined ? null : readJsdoc(code, first);
}
