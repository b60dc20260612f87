import { readFile } from "node:fs/promises";
import { text } from "node:stream/consumers";
import { parseDocument } from "yaml";
import { CommandRefusal } from "../command-refusal.ts";
import { standardInput } from "../find-files.ts";

/** Reads a map of values from a YAML or JSON file, or from standard input (`-`). */
export async function readMapFile(path: string): Promise<Record<string, unknown>> {
  const shown = path === standardInput ? "<stdin>" : path;
  const parsed = parseDocument(await readText(path));
  const [syntaxError] = parsed.errors;
  if (syntaxError !== undefined) throw new CommandRefusal(`${shown}: ${syntaxError.message}`);
  const value: unknown = parsed.toJS({ maxAliasCount: 100 });
  if (typeof value === "object" && value !== null && !Array.isArray(value))
    return Object.fromEntries(Object.entries(value));
  throw new CommandRefusal(`${shown} holds no map; write one value for each key, like width: 256`);
}

async function readText(path: string): Promise<string> {
  try {
    return await (path === standardInput ? text(process.stdin) : readFile(path, "utf8"));
  } catch (cause) {
    throw new CommandRefusal(`${path} cannot be read: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
}
