import { join } from "node:path";
import { digestOfBytes } from "../../domain/document/canonical-digest.ts";
import { exportIndexFile } from "../../domain/document/publishable-path.ts";
import { CommandRefusal } from "../command-refusal.ts";
import { findSources, isThere } from "../find-files.ts";
import type { SourceToPublish } from "../sources/publish-sources.ts";
import { readSources } from "../sources/read-sources.ts";
import { type ExportedSource, readExportIndex } from "./export-index.ts";

/** What a folder of sources holds for an import. */
export interface ReadImport {
  /** In the order in which they are to be published. */
  sources: SourceToPublish[];
  /** What the index says of files that are as they were exported. */
  exported: Map<string, ExportedSource>;
  /** Files that were changed since they were exported: they get new versions. */
  edited: string[];
}

/**
 * Reads a folder of sources. Those that an export's index tells come first, in its order, and keep their versions; all others follow
 * by name.
 */
export async function readImport(folder: string): Promise<ReadImport> {
  const index = await readExportIndex(folder);
  const told = new Map((index?.sources ?? []).map((one) => [join(folder, one.file), one]));
  for (const file of told.keys()) {
    if (await isThere(file)) continue;
    throw new CommandRefusal(`${exportIndexFile} names ${file}, which is not there; take it out of the index to go on`);
  }
  const others = told.size === 0 ? await findSources([folder]) : await findSources([folder], false);
  const files = [...told.keys(), ...others.filter((file) => !told.has(file))];
  const exported = new Map<string, ExportedSource>();
  const edited: string[] = [];
  const sources = (await readSources(files)).map((source): SourceToPublish => {
    const one = told.get(source.file);
    if (one === undefined || source.issues.length > 0) return source;
    if (digestOfBytes(new TextEncoder().encode(source.text)) !== one.digest) {
      edited.push(source.file);
      return source;
    }
    exported.set(source.file, one);
    return { ...source, versions: Object.fromEntries(one.functions.map(({ name, version }) => [name, version])) };
  });
  return { sources, exported, edited };
}
