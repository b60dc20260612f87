import type { SourceLanguage } from "../../contract/function/runtime.ts";

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

/** The ends of file names that tell a language, for messages. */
export const sourceEndings: readonly string[] = endings.map(({ ending }) => ending);
