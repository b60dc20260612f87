import { stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { watch } from "chokidar";
import { CommandRefusal } from "./command-refusal.ts";
import { findDocuments, isDocumentPath } from "./documents/find-documents.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { publishSaved } from "./publish-saved.ts";
import { describeFailure } from "./report-failure.ts";
import { SaveQueue } from "./save-queue.ts";
import type { Session } from "./session.ts";

const firstBackoffMs = 1000;
const longestBackoffMs = 15_000;

/** Publishes what is saved in a folder, one pass at a time, until it is told to stop. A registry that is away is waited for. */
export async function watchFolder(session: Session, folder: string, publishesInitial: boolean): Promise<ExitCode> {
  const { terminal } = session;
  const facts = await stat(folder).catch(() => null);
  if (!facts?.isDirectory())
    throw new CommandRefusal(`${folder} is no folder; give the folder that holds the templates`);
  const client = session.client();
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);

  const queue = new SaveQueue(stopping.signal);
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (path, found) => found?.isFile() === true && !isDocumentPath(relative(folder, path)),
  });
  const fileAt = (path: string) => join(folder, relative(folder, path));
  watcher.on("add", (path) => queue.saved(fileAt(path)));
  watcher.on("change", (path) => queue.saved(fileAt(path)));
  watcher.on("unlink", (path) => {
    queue.forget(fileAt(path));
    terminal.note(`${fileAt(path)} is gone; what it published stays (\`callsheet yank\` takes a version out of use)`);
  });
  watcher.on("error", (error) => terminal.warn(`watching ${folder}: ${String(error)}`));
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  if (publishesInitial) for (const file of await findDocuments([folder]).catch(() => [])) queue.add(file);
  terminal.note(`watching ${folder}, publishing to ${client.url}; Ctrl-C ends it`);

  const passes = { session, client, queue, orphans: new Set<string>(), signal: stopping.signal };
  let backoffMs = 0;
  for await (const files of queue.batches()) {
    const failure = await publishSaved(passes, files);
    if (stopping.signal.aborted) break;
    if (failure === null) {
      if (backoffMs > 0) terminal.note(`${client.url} answers again`);
      backoffMs = 0;
      continue;
    }
    if (backoffMs === 0)
      terminal.warn(`${describeFailure(failure).message}\nwaiting for it; what is saved is kept for then`);
    backoffMs = Math.min(longestBackoffMs, Math.max(firstBackoffMs, backoffMs * 2));
    queue.holdOff(backoffMs);
    for (const file of files) queue.add(file);
  }
  await watcher.close();
  return exitCodes.ok;
}
