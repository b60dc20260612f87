import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { isDocumentPath, isSourcePath } from "../domain/document/publishable-path.ts";
import { languageOfFile, sourceEndings } from "../domain/function/source-language.ts";
import { CommandRefusal } from "./command-refusal.ts";

/** Stands for standard input where a path is asked; it holds documents. */
export const standardInput = "-";

/** What can be published, by what it is: documents of templates, sources of functions. */
export interface FoundFiles {
  documents: string[];
  sources: string[];
}

/** The files that paths name: files as they are, folders searched, each file once, folders in order of name. */
export async function findFiles(paths: readonly string[]): Promise<FoundFiles> {
  const documents = new Set<string>();
  const sources = new Set<string>();
  for (const path of paths) {
    const found =
      path === standardInput ? [path] : await filesAt(path, (file) => isDocumentPath(file) || isSourcePath(file));
    for (const file of found) (languageOfFile(file) === null ? documents : sources).add(file);
  }
  if (documents.size + sources.size === 0) {
    const ends = ["*.yaml", "*.yml", "*.json", ...sourceEndings.map((end) => `*${end}`)].join(", ");
    throw new CommandRefusal(
      `no document and no source in ${paths.join(", ")}; looked for ${ends}. \`callsheet init\` writes a template, \`callsheet functions new\` a function`,
    );
  }
  return { documents: [...documents], sources: [...sources] };
}

/** The sources of functions that paths name. A file that is named is a source, whatever surrounds it. */
export async function findSources(paths: readonly string[], mustFind = true): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    for (const file of await filesAt(path, isSourcePath)) {
      if (languageOfFile(file) === null) {
        throw new CommandRefusal(`${file} is no source of functions; those end with ${sourceEndings.join(", ")}`);
      }
      found.add(file);
    }
  }
  if (found.size > 0 || !mustFind) return [...found];
  const ends = sourceEndings.map((end) => `*${end}`).join(", ");
  throw new CommandRefusal(
    `no source in ${paths.join(", ")}; looked for ${ends}. \`callsheet functions new\` writes one`,
  );
}

/** The documents of a folder, searched whole, in order of name. */
export function findDocuments(folder: string): Promise<string[]> {
  return filesAt(folder, isDocumentPath);
}

/** Whether there is a file at a path. */
export async function isThere(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() === true;
}

async function filesAt(path: string, isWanted: (relativePath: string) => boolean): Promise<string[]> {
  const facts = await stat(path).catch((cause: NodeJS.ErrnoException) => {
    throw new CommandRefusal(
      cause.code === "ENOENT" ? `${path} does not exist` : `${path} cannot be read: ${cause.message}`,
    );
  });
  if (!facts.isDirectory()) return [path];
  const entries = await readdir(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(path, relative(path, join(entry.parentPath, entry.name))))
    .filter((file) => isWanted(relative(path, file)))
    .sort();
}
