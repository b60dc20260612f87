import { isAbsolute, join } from "node:path";
import { digest } from "../../contract/artifact/digest.ts";
import type { Field } from "../../contract/template/field.ts";
import { type Result, refusal, success } from "../../domain/result.ts";
import { plainText } from "../terminal/plain-text.ts";
import { isReference } from "./is-reference.ts";
import { holdsValue, LocalContent } from "./local-content.ts";
import { placeLocalFiles } from "./place-local-files.ts";

/** What reading answers: the value, or what is wrong with the text. */
export type ReadValue = Result<unknown, string>;

/**
 * Reads what a command line says for an input, by the input's declared type. `@UUID…` (a reference to an entity's value) and `@@…`
 * (a plain `@`) go to the registry as they are. `@path` is a file of this machine: for an input of type file it is sent, for others its
 * content is the value. Said several times, an array has those elements.
 */
export function readInputValue(field: Field, texts: readonly string[], folder: string): ReadValue {
  const [text, ...more] = texts;
  if (text === undefined) return refusal("nothing is said");
  if (more.length === 0) return readOne(field, text, folder);
  if (field.type !== "array") return refusal(`it is said ${texts.length} times, but its type is ${field.type}`);
  return readAll(texts.map((one) => readItem(field.items, one, folder)));
}

/** A value without a declared type: JSON where it is JSON, else text. */
export function readUntyped(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

function readOne(field: Field, text: string, folder: string): ReadValue {
  if (isReference(text)) return success(text);
  if (field.nullable === true && text === "null") return success(null);
  const shown = `“${plainText(text)}”`;
  switch (field.type) {
    case "string":
      return text.startsWith("@") ? readContentOf(text, folder, "text") : success(text);
    case "integer":
      if (/^[+-]?\d+$/.test(text) && Number.isSafeInteger(Number(text))) return success(Number(text));
      return refusal(`${shown} is no whole number`);
    case "float":
      if (/^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(text)) return success(Number(text));
      return refusal(`${shown} is no number`);
    case "boolean":
      return text === "true" || text === "false"
        ? success(text === "true")
        : refusal(`${shown} is neither true nor false`);
    case "file":
      return readFileValue(text, folder);
    case "array":
      if (text.trimStart().startsWith("[")) return readJson(field, text, folder);
      if (text.startsWith("@") && field.items?.type !== "file" && holdsValue(text)) {
        return readContentOf(text, folder, "value");
      }
      return readAll([readItem(field.items, text, folder)]);
    case "object":
      return text.startsWith("@") ? readContentOf(text, folder, "value") : readJson(field, text, folder);
    case "any":
      if (!text.startsWith("@")) return success(readUntyped(text));
      return readContentOf(text, folder, holdsValue(text) ? "value" : "text");
  }
}

function readItem(items: Field | undefined, text: string, folder: string): ReadValue {
  return items === undefined ? success(readUntyped(text)) : readOne(items, text, folder);
}

function readAll(read: readonly ReadValue[]): ReadValue {
  const values: unknown[] = [];
  for (const one of read) {
    if (!one.ok) return one;
    values.push(one.value);
  }
  return success(values);
}

function readContentOf(text: string, folder: string, as: LocalContent["as"]): ReadValue {
  const path = text.slice(1);
  if (path === "")
    return refusal(
      "after @ stands the path of a file, or a reference UUID.field; write @@ for text that begins with @",
    );
  return success(new LocalContent(isAbsolute(path) ? path : join(folder, path), as));
}

function readFileValue(text: string, folder: string): ReadValue {
  if (digest.safeParse(text).success) return success(text);
  if (text.length > 1 && text.startsWith("@")) return success(placeLocalFiles({ type: "file" }, text, folder));
  const hint = `a file is @path, sha256:…, or a reference @UUID.field`;
  return refusal(
    text === "" || text === "@" ? hint : `“${plainText(text)}”: ${hint}; did you mean @${plainText(text)}?`,
  );
}

function readJson(field: Field, text: string, folder: string): ReadValue {
  try {
    const value: unknown = JSON.parse(text);
    return success(placeLocalFiles(field, value, folder));
  } catch (error) {
    const what = field.type === "array" ? `a JSON list, like ["a", "b"]` : `a JSON object, like {"key": 1}`;
    return refusal(`it takes ${what}; ${error instanceof Error ? error.message : String(error)}`);
  }
}
