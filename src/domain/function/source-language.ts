import { type SourceLanguage, sourceMediaTypes } from "../../contract/function/runtime.ts";

const endings = [
  { ending: ".py", language: "python" },
  { ending: ".ts", language: "typescript" },
  { ending: ".mts", language: "typescript" },
  { ending: ".js", language: "javascript" },
  { ending: ".mjs", language: "javascript" },
] as const satisfies readonly { ending: string; language: SourceLanguage }[];

/** What a file is written in, by the end of its name; null when that does not tell. */
export function languageOfFile(file: string): SourceLanguage | null {
  const name = file.toLowerCase();
  return endings.find(({ ending }) => name.endsWith(ending))?.language ?? null;
}

/** What people and programs call each language; the first of each is what we call it. */
const mediaTypes = new Map<string, SourceLanguage>([
  [sourceMediaTypes.python, "python"],
  ["application/x-python", "python"],
  [sourceMediaTypes.typescript, "typescript"],
  ["text/typescript", "typescript"],
  ["application/x-typescript", "typescript"],
  [sourceMediaTypes.javascript, "javascript"],
  ["application/javascript", "javascript"],
]);

/** The language that a media type names; null when it names none. */
export function languageOfMediaType(mediaType: string): SourceLanguage | null {
  return mediaTypes.get(mediaType) ?? null;
}

/** The ends of file names that tell a language, for messages. */
export const sourceEndings: readonly string[] = endings.map(({ ending }) => ending);
