import { languageOfFile } from "../function/source-language.ts";

/** What an export of functions tells about itself, beside the sources. */
export const exportIndexFile = "callsheet-functions.json";

/** JSON and YAML of other programs, and of our own, that lies among an author's files. */
const notDocuments = new Set([
  "callsheet.yaml",
  exportIndexFile,
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "jsconfig.json",
]);
/** Code that lies beside functions without being one: packages' own files, tests, declarations, settings of tools. */
const notSources = /^(__.*|conftest|setup|test_.*|.*_test)\.py$|\.(d|test|spec|config)\.m?[jt]s$/i;

/** Whether a file found in a folder is taken for a document. */
export function isDocumentPath(path: string): boolean {
  return /\.(ya?ml|json)$/i.test(path) && !notDocuments.has(basename(path)) && !hasSkippedFolder(path);
}

/** Whether a file found in a folder is taken for a source of functions. */
export function isSourcePath(path: string): boolean {
  return languageOfFile(path) !== null && !notSources.test(basename(path)) && !hasSkippedFolder(path);
}

function basename(path: string): string {
  return path.slice(Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** Hidden folders, installed packages and compiled files hold nothing of the author's. */
function hasSkippedFolder(path: string): boolean {
  return path
    .split(/[\\/]/)
    .some(
      (part) =>
        ["node_modules", "__pycache__", "venv", "site-packages"].includes(part) ||
        (part.startsWith(".") && !/^\.{1,2}$/.test(part)),
    );
}
