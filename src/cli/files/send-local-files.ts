import type { Client } from "../../client/create-client.ts";
import { type FileSource, uploadFile } from "../../client/upload-file.ts";
import type { File } from "../../contract/file/file.ts";
import type { Terminal } from "../terminal/open-terminal.ts";
import { showBar } from "../terminal/show-bar.ts";
import { showBytes } from "../terminal/show-size.ts";
import { openLocalFile } from "./open-local-file.ts";

/** A file of this machine that the registry has. */
export interface SentFile {
  path: string;
  file: File;
  isNew: boolean;
}

/** Sends files one after another, each once, with a bar for the large ones; what the registry has already is not sent. */
export async function sendLocalFiles(
  client: Client,
  terminal: Terminal,
  paths: readonly string[],
): Promise<Map<string, SentFile>> {
  const sent = new Map<string, SentFile>();
  // All are looked at before any is sent: a path that does not exist should cost nothing.
  const sources = new Map<string, FileSource>();
  for (const path of new Set(paths)) sources.set(path, await openLocalFile(path));
  for (const [path, source] of sources) {
    const bar = showBar(terminal, `sending ${path}`, source.sizeBytes);
    const done = await uploadFile(client, source, { onProgress: bar.update }).finally(bar.stop);
    sent.set(path, { path, ...done });
    terminal.note(
      done.isNew ? `sent ${path} (${showBytes(source.sizeBytes)})` : `${path} is there already; nothing was sent`,
    );
  }
  return sent;
}
