import type { SourceLanguage } from "../../contract/function/runtime.ts";
import type { Issue } from "../../contract/issue.ts";
import { limits } from "../../contract/limits.ts";
import { languageOfFile } from "../../domain/function/source-language.ts";
import { notTextIssue, readTextFile } from "../files/read-text-file.ts";
import { showBytes } from "../terminal/show-size.ts";

/** A source of functions, in its file. */
export interface SourceFile {
  file: string;
  language: SourceLanguage;
  /** As it is written, a byte order mark included; empty when `issues` refuse it. */
  text: string;
  /** What keeps it from being read at all. */
  issues: Issue[];
}

/** Reads the files of sources. What cannot be sent is told in its issues; a file that cannot be read at all is refused. */
export async function readSources(files: readonly string[]): Promise<SourceFile[]> {
  const read: SourceFile[] = [];
  for (const file of files) {
    const language = languageOfFile(file);
    if (language === null) throw new Error(`${file} was taken for a source`);
    const { text } = await readTextFile(file);
    const issue = text === null ? notTextIssue : tooLarge(text);
    if (text === null || issue !== null) read.push({ file, language, text: "", issues: issue === null ? [] : [issue] });
    else read.push({ file, language, text, issues: [] });
  }
  return read;
}

/** Told here, because a request would be refused as a whole. */
function tooLarge(text: string): Issue | null {
  const bytes = Buffer.byteLength(text);
  if (bytes <= limits.codeBytes) return null;
  const message = `the source has ${showBytes(bytes)}; ${showBytes(limits.codeBytes)} are allowed`;
  const suggestion = "publish its functions from several files";
  return { severity: "error", path: "", line: null, column: null, code: "too_large", message, suggestion };
}
