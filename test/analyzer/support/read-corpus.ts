import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { SourceLanguage } from "../../../src/contract/function/runtime.ts";

/** What a file of the corpus says of itself in the comment lines at its top. */
export interface CorpusFile {
  /** Below the corpus, like `imports/aliased-module.py`. */
  path: string;
  language: SourceLanguage;
  text: string;
  /** `error CODE LINE:COL`, in order. A file without an error must be accepted. */
  issues: string[];
  functions: ExpectedFunction[];
  packages: string[] | null;
  version: string | null;
  /** `call [NAME] {inputs} => {outputs}`: what a run must give. */
  calls: { name: string | null; inputs: unknown; outputs: unknown }[];
  /** `call-image [NAME] {inputs}`: inputs without the image, which is the test's. */
  imageCalls: { name: string | null; inputs: unknown }[];
}

export interface ExpectedFunction {
  id: string;
  inputs: Map<string, unknown>;
  outputs: Map<string, unknown>;
  /** Names of all inputs, in order; null when it is not said. */
  inputNames: string[] | null;
}

const root = new URL("../corpus/", import.meta.url);

const languages: Record<string, SourceLanguage> = { py: "python", ts: "typescript", js: "javascript" };

/** Every source of the corpus. */
export function readCorpus(): CorpusFile[] {
  return readdirSync(fileURLToPath(root), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .sort()
    .flatMap((path) => {
      const language = languages[path.split(".").at(-1) ?? ""];
      return language === undefined ? [] : [readFile(path, language)];
    });
}

function readFile(path: string, language: SourceLanguage): CorpusFile {
  const text = readFileSync(new URL(path, root), "utf8");
  const file: CorpusFile = {
    path,
    language,
    text,
    issues: [],
    functions: [],
    packages: null,
    version: null,
    calls: [],
    imageCalls: [],
  };
  const mark = language === "python" ? "# " : "// ";
  for (const line of text.replace(/^\uFEFF/, "").split(/\r\n?|\n/)) {
    if (!line.startsWith(mark) || !readLine(line.slice(mark.length), file)) break;
  }
  return file;
}

/** Whether the line is one of the header's; it throws on one that is spelled wrong, so that no expectation is lost. */
function readLine(line: string, file: CorpusFile): boolean {
  const [, word = "", rest = ""] = /^(expect|call-image|call)\s+(.*)$/.exec(line) ?? [];
  if (word === "") return false;
  if (word === "expect") readExpectation(rest, file);
  else if (word === "call") {
    const [, name, inputs, outputs] = /^([\w.]+ )?(\{.*\}) => (\{.*\})$/.exec(rest) ?? wrong(file, line);
    file.calls.push({ name: name?.trim() ?? null, inputs: json(inputs), outputs: json(outputs) });
  } else {
    const [, name, inputs] = /^([\w.]+ )?(\{.*\})$/.exec(rest) ?? wrong(file, line);
    file.imageCalls.push({ name: name?.trim() ?? null, inputs: json(inputs) });
  }
  return true;
}

function readExpectation(text: string, file: CorpusFile): void {
  const [, what = "", rest = ""] = /^(\w+)\s*(.*)$/.exec(text) ?? [];
  const fn = file.functions.at(-1);
  const [, name = "", field] = /^(\w+) (\{.*\})$/.exec(rest) ?? [];
  const isIssue = /^[a-z_]+ \d+:\d+$/.test(rest);
  if ((what === "error" || what === "warning") && isIssue) file.issues.push(`${what} ${rest}`);
  else if (what === "function") {
    file.functions.push({ id: rest, inputs: new Map(), outputs: new Map(), inputNames: null });
  } else if (what === "packages") file.packages = listed(rest);
  else if (what === "version") file.version = rest;
  else if (what === "input" && fn !== undefined && name !== "") fn.inputs.set(name, json(field));
  else if (what === "output" && fn !== undefined && name !== "") fn.outputs.set(name, json(field));
  else if (what === "inputs" && fn !== undefined) fn.inputNames = listed(rest);
  else wrong(file, text);
}

function listed(text: string): string[] {
  return text === "" ? [] : text.split(",").map((item) => item.trim());
}

function json(text: string | undefined): unknown {
  return JSON.parse(text ?? "null");
}

function wrong(file: CorpusFile, line: string): never {
  throw new Error(`${file.path}: the corpus does not understand the line: ${line}`);
}
