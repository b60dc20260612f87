import { stat } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { watch } from "chokidar";
import { isDocumentPath, isSourcePath } from "../domain/document/publishable-path.ts";
import { CommandRefusal } from "./command-refusal.ts";
import { type ExitCode, exitCodes } from "./exit-codes.ts";
import { findFiles } from "./find-files.ts";
import { publishSaved } from "./publish-saved.ts";
import { describeFailure } from "./report-failure.ts";
import { SaveQueue } from "./save-queue.ts";
import type { Session } from "./session.ts";

const firstBackoffMs = 1000;
const longestBackoffMs = 15_000;

/**
 * Publishes what is saved in a folder, or in one file, a pass at a time, until it is told to stop. A registry that is away is waited
 * for.
 */
export async function watchPath(session: Session, path: string, publishesInitial: boolean): Promise<ExitCode> {
  const { terminal } = session;
  const facts = await stat(path).catch(() => null);
  if (facts === null) throw new CommandRefusal(`${path} does not exist; give a file, or the folder that holds them`);
  // Editors put a new file in an old one's place, so that one file is watched by its folder.
  const folder = facts.isDirectory() ? path : dirname(path);
  const only = facts.isDirectory() ? null : basename(path);
  const client = session.client();
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);

  const queue = new SaveQueue(stopping.signal);
  const watcher = watch(folder, {
    ignoreInitial: true,
    ignored: (found, at) => {
      const inFolder = relative(folder, found);
      if (only !== null) return inFolder !== "" && inFolder !== only;
      return at?.isFile() === true && !isDocumentPath(inFolder) && !isSourcePath(inFolder);
    },
  });
  const fileAt = (found: string) => join(folder, relative(folder, found));
  watcher.on("add", (found) => queue.saved(fileAt(found)));
  watcher.on("change", (found) => queue.saved(fileAt(found)));
  watcher.on("unlink", (found) => {
    queue.forget(fileAt(found));
    terminal.note(`${fileAt(found)} is gone; what it published stays (\`callsheet yank\` takes a version out of use)`);
  });
  watcher.on("error", (error) => terminal.warn(`watching ${path}: ${String(error)}`));
  await new Promise<void>((resolve) => watcher.once("ready", () => resolve()));
  if (publishesInitial) for (const file of await filesThere(path)) queue.add(file);
  terminal.note(`watching ${path}, publishing to ${client.url}; Ctrl-C ends it`);

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

/** None is as good as some: what is watched may still be empty. */
async function filesThere(path: string): Promise<string[]> {
  const { documents, sources } = await findFiles([path]).catch(() => ({ documents: [], sources: [] }));
  return [...documents, ...sources];
}
