import { readFile } from "node:fs/promises";
import { parseDocument } from "yaml";
import { type Result, refusal, success } from "../../domain/result.ts";
import { plainText } from "../terminal/plain-text.ts";

/** Stands among inputs where the content of a file of this machine is the value, until it is read. */
export class LocalContent {
  readonly path: string;
  /** What the file holds: a text, or a value written as JSON or YAML. */
  readonly as: "text" | "value";

  constructor(path: string, as: "text" | "value") {
    this.path = path;
    this.as = as;
  }
}

/** Whether a file's name says that it holds a value. */
export function holdsValue(path: string): boolean {
  return /\.(json|ya?ml)$/i.test(path);
}

/** A value with the content of files in their places. */
export async function withContents(value: unknown): Promise<Result<unknown, string>> {
  if (value instanceof LocalContent) return readContent(value);
  if (!Array.isArray(value)) return success(value);
  const items: unknown[] = [];
  for (const item of value) {
    const read = await withContents(item);
    if (!read.ok) return read;
    items.push(read.value);
  }
  return success(items);
}

async function readContent({ path, as }: LocalContent): Promise<Result<unknown, string>> {
  const shown = plainText(path);
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path));
  } catch (cause) {
    if (cause instanceof TypeError) return refusal(`${shown} is not UTF-8 text`);
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    const why = isMissing
      ? "does not exist"
      : `cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`;
    return refusal(`${shown} ${why}; write @@ for text that begins with @, @UUID.field for an entity's value`);
  }
  if (as === "text") return success(text);
  const parsed = parseDocument(text);
  const [problem] = parsed.errors;
  if (problem !== undefined) return refusal(`${shown}: ${plainText(problem.message)}`);
  return success(parsed.toJS({ maxAliasCount: 100 }));
}
