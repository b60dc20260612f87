import { existsSync } from "node:fs";
import type { Client } from "../../client/create-client.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { exitCodes } from "../exit-codes.ts";
import { sendLocalFiles } from "../files/send-local-files.ts";
import { splitFlags } from "../runs/gather-inputs.ts";
import { isReference } from "../runs/is-reference.ts";
import { LocalFile, localFilesIn, withDigests } from "../runs/local-file.ts";
import { readUntyped } from "../runs/read-input-value.ts";
import { readMapFile } from "../runs/read-map-file.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { plainText } from "../terminal/plain-text.ts";

/** Where an entity's data is told: `-i key=value`, any number of times, and a file of it. */
export interface DataFlags {
  input?: string[];
  data?: string;
}

/**
 * An entity's data as the command line tells it; nothing declares its types, so a value is JSON where it is JSON, else text. `@path`
 * sends a file and stands for its digest. What `-i` says goes before what the file says.
 */
export async function gatherValues(
  client: Client,
  terminal: Terminal,
  flags: DataFlags,
): Promise<Record<string, unknown>> {
  const gathered: Record<string, unknown> = flags.data === undefined ? {} : await readMapFile(flags.data);
  for (const [key, texts] of splitFlags(flags.input ?? [])) {
    const values = texts.map((text) => readValue(key, text));
    gathered[key] = values.length === 1 ? values[0] : values;
  }
  if (Object.keys(gathered).length === 0) {
    throw new CommandRefusal("there is no data; say it with -i key=value, or --data file.yaml");
  }
  const sent = await sendLocalFiles(
    client,
    terminal,
    localFilesIn(gathered).map(({ path }) => path),
  );
  const digestOf = (path: string) => sent.get(path)?.file.digest ?? path;
  return Object.fromEntries(Object.entries(gathered).map(([key, value]) => [key, withDigests(value, digestOf)]));
}

function readValue(key: string, text: string): unknown {
  if (!text.startsWith("@") || isReference(text)) return readUntyped(text);
  const path = text.slice(1);
  if (existsSync(path)) return new LocalFile(path);
  throw new CommandRefusal(
    `${key}: “${plainText(text)}” is neither a file nor a reference; write @UUID.field, or @@ for text that begins with @`,
    exitCodes.invalid,
  );
}
