import { relative } from "node:path";
import { readPushedFile } from "../../domain/webhook/read-pushed-file.ts";
import { watchesPath } from "../../domain/webhook/watches-path.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { readDocuments, type SourceDocument, type Sources } from "../documents/read-documents.ts";
import { findFiles } from "../find-files.ts";
import { readSources, type SourceFile } from "../sources/read-sources.ts";
import type { Checkout } from "./open-checkout.ts";

/** What a checkout has to publish. */
export interface CheckoutFiles {
  documents: SourceDocument[];
  sources: SourceFile[];
  /** The text of each file, for showing lines of it. */
  texts: Sources;
  /** How many files there are, those included that hold nothing of ours. */
  files: number;
}

/** Reads the files that a push would publish: as a webhook does, YAML and JSON that is none of ours is left alone. */
export async function readCheckout(checkout: Checkout, globs: readonly string[]): Promise<CheckoutFiles> {
  const { folder, isClone } = checkout;
  const found = await findFiles([folder]);
  const isWatched = watchesPath(globs);
  const wanted = (files: readonly string[]) => files.filter((file) => isWatched(relative(folder, file)));
  const shown = (file: string) => (isClone ? relative(folder, file) : file);
  const paths = { documents: wanted(found.documents), sources: wanted(found.sources) };
  if (paths.documents.length + paths.sources.length === 0) {
    throw new CommandRefusal(`no document and no source in ${checkout.label} fits ${globs.join(", ")}`);
  }
  const read = await readDocuments(paths.documents);
  const sources = await readSources(paths.sources);
  const ours = read.documents.filter((one) => isOurs(one, read.sources.get(one.file)));
  const texts = new Map([...read.sources].map(([file, text]) => [shown(file), text]));
  for (const { file, text } of sources) texts.set(shown(file), text);
  const move = <File extends { file: string }>(one: File): File => ({ ...one, file: shown(one.file) });
  const files = paths.documents.length + paths.sources.length;
  return { documents: ours.map(move), sources: sources.map(move), texts, files };
}

/** Whether a document is one of ours, or broken where one of ours should be. */
function isOurs({ file, kind, document }: SourceDocument, text: string | undefined): boolean {
  if (text === undefined) return false;
  if (kind !== null) return true;
  return document === null && readPushedFile(file, text, false).type !== "skipped";
}
