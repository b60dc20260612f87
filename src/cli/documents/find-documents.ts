import { readdir, stat } from "node:fs/promises";
import { join, relative } from "node:path";
import { CommandRefusal } from "../command-refusal.ts";

/** Stands for standard input where a path is asked. */
export const standardInput = "-";

/** Whether a file found in a folder is taken for a document. Our own config file is not one. */
export function isDocumentPath(path: string): boolean {
  return /\.(ya?ml|json)$/i.test(path) && !/(^|[\\/])callsheet\.yaml$/.test(path) && !hasSkippedFolder(path);
}

/** The document files that paths name: files as they are, folders searched, each file once, folders in order of name. */
export async function findDocuments(paths: readonly string[]): Promise<string[]> {
  const found = new Set<string>();
  for (const path of paths) {
    if (path === standardInput) found.add(path);
    else for (const file of await filesAt(path)) found.add(file);
  }
  if (found.size === 0) {
    throw new CommandRefusal(
      `no document in ${paths.join(", ")}; looked for *.yaml, *.yml and *.json. \`callsheet init\` writes one`,
    );
  }
  return [...found];
}

async function filesAt(path: string): Promise<string[]> {
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
    .filter((file) => isDocumentPath(relative(path, file)))
    .sort();
}

/** Hidden folders and installed packages hold no documents of the author's. */
function hasSkippedFolder(path: string): boolean {
  return path
    .split(/[\\/]/)
    .some((part) => part === "node_modules" || (part.startsWith(".") && !/^\.{1,2}$/.test(part)));
}
