import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { loadAnalyzer } from "../../src/analyzer/node/load-analyzer.ts";
import { decoratorApi, type SourceLanguage, sourceLanguage } from "../../src/contract/function/runtime.ts";
import { limits } from "../../src/contract/limits.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const page = readFileSync(join(root, "docs", "functions.md"), "utf8");
const analyze = await loadAnalyzer();
const languages: Record<string, SourceLanguage> = { python: "python", ts: "typescript", js: "javascript" };
const blocks = [...page.matchAll(/^(.*)\n\n```(python|ts|js)( bad)?\n([\s\S]*?)^```$/gm)].map((found) => ({
  line: page.slice(0, found.index).split("\n").length + 2,
  codes: [...(found[1] ?? "").matchAll(/`([a-z_]+)`/g)].map(([, code]) => code),
  language: sourceLanguage.parse(languages[found[2] ?? ""]),
  isBad: found[3] !== undefined,
  text: found[4] ?? "",
}));

describe("the sources on the page", () => {
  test("every one was found", () => {
    expect(blocks.length).toBe(page.match(/^```(python|ts|js)/gm)?.length);
  });

  test.each(blocks.filter(({ isBad }) => !isBad))("the one at line $line publishes without a warning", (block) => {
    const found = analyze({ ...block, file: null });
    expect(found.issues).toEqual([]);
    expect(found.functions.length).toBeGreaterThan(0);
  });

  test.each(blocks.filter(({ isBad }) => isBad))("the one at line $line has the issues that are announced", (block) => {
    expect(analyze({ ...block, file: null }).issues.map((issue) => issue.code)).toEqual(block.codes);
  });
});

describe("the table of codes", () => {
  const table = page.slice(page.indexOf("<!-- codes -->"), page.indexOf("<!-- end of codes -->"));
  const told = [...table.matchAll(/^\| ([^|]+) \|/gm)].flatMap(([, cell = ""]) =>
    [...cell.matchAll(/`([a-z_]+)`/g)].map(([, code = ""]) => code),
  );

  test("has each code once", () => {
    expect(told.filter((code, at) => told.indexOf(code) !== at)).toEqual([]);
  });

  test("has no code that analysis does not know", () => {
    const sources = textsIn("src/analyzer", ".ts");
    expect(told.filter((code) => !sources.some((text) => text.includes(`"${code}"`)))).toEqual([]);
  });

  test("has every code that a source of the corpus is expected to get", () => {
    const corpus = ["py", "ts", "js"].flatMap((ending) => textsIn("test/analyzer/corpus", `.${ending}`));
    const expected = corpus.flatMap((text) => [...text.matchAll(/^(?:#|\/\/) expect (?:error|warning) ([a-z_]+)/gm)]);
    const codes = new Set(expected.map(([, code = ""]) => code));
    expect(codes.size).toBeGreaterThan(20);
    // A literal schema's fields are checked as a template's are.
    const ofFields = readFileSync(join(root, "docs", "template-authoring.md"), "utf8");
    expect([...codes].filter((code) => !told.includes(code) && !ofFields.includes(`\`${code}\``))).toEqual([]);
  });
});

test("the numbers on the page are those of the limits", () => {
  for (const row of [
    `| a source | ${limits.codeBytes / 1024} KiB |`,
    `| functions in one source | ${limits.functionsPerSource} |`,
    `| parameters of a function | ${limits.parametersPerFunction} |`,
    `| third-party packages that a source imports | ${limits.packagesPerSource} |`,
    `| nesting of code | ${limits.sourceDepth} |`,
    `| sources in one batch | ${limits.batchDocuments}, and ${limits.batchBytes / 1024 / 1024} MiB |`,
    `| processor time of a call | ${limits.edgeCpuMs / 1000} s |`,
    `| from the call to its answer | ${limits.edgeWallMs / 1000} s |`,
    `| JSON of the inputs, and of what it returns | ${limits.edgeInputBytes / 1024 / 1024} MiB each |`,
    `| what it logs by \`console\` | ${limits.edgeLogLines} lines of ${limits.edgeLogLineLength} characters |`,
    `(\`api\`, now ${decoratorApi})`,
  ]) {
    expect(page).toContain(row);
  }
});

function textsIn(folder: string, ending: string): string[] {
  return readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(join(root, folder, file), "utf8"));
}
