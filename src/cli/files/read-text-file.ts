import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Issue } from "../../contract/issue.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { standardInput } from "../find-files.ts";

/** A file of an author's: its text, or null where it is none; and what it is called in messages. */
export interface TextFile {
  name: string;
  text: string | null;
}

/** Reads a file, or standard input. One that cannot be read at all is refused; one that is no UTF-8 has no text. */
export async function readTextFile(path: string): Promise<TextFile> {
  const bytes = await readBytes(path);
  const name = path === standardInput ? "<stdin>" : path;
  try {
    // What is published is what the author wrote, a byte order mark included.
    return { name, text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes) };
  } catch {
    return { name, text: null };
  }
}

/** What is found in a file without text. */
export const notTextIssue: Issue = {
  severity: "error",
  path: "",
  line: null,
  column: null,
  code: "not_utf8",
  message: "the file is not UTF-8 text",
  suggestion: "save it as UTF-8",
};

async function readBytes(path: string): Promise<Uint8Array> {
  try {
    return await (path === standardInput ? buffer(process.stdin) : readFile(path));
  } catch (cause) {
    throw new CommandRefusal(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
