import type { OffsetFinding } from "./compose-yaml.ts";

/** The source without a byte order mark, so that columns are those an editor shows. */
export function withoutByteOrderMark(source: string): string {
  return source.startsWith("\uFEFF") ? source.slice(1) : source;
}

/** The first character that may not stand in a source as it is: control characters (YAML 1.2, 5.1) and half surrogate pairs. */
export function findBadCharacter(source: string): OffsetFinding | null {
  const control = source.search(controlCharacter);
  const surrogate = source.isWellFormed() ? -1 : source.search(halfPair);
  const offset = control < 0 ? surrogate : surrogate < 0 ? control : Math.min(control, surrogate);
  if (offset < 0) return null;
  const shown = source.charCodeAt(offset).toString(16).toUpperCase().padStart(4, "0");
  return {
    code: "bad_character",
    offset,
    path: "",
    message: `the character U+${shown} may not stand in a document`,
    suggestion:
      offset === surrogate ? "save the file as UTF-8" : "remove it, or write it as an escape in double quotes",
  };
}

/** The C0 controls but tab, line feed and carriage return; DEL and the C1 controls are let through, as JSON does. */
const controlCharacter = /[^\P{Cc}\t\n\r\u007f-\u009f]/u;
const halfPair = /\p{Surrogate}/u;
