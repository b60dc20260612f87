import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { documentLimits } from "../../src/contract/limits/document-limits.ts";
import { concreteTemplate, example, execution, stage, type Template } from "../../src/contract/template/document.ts";
import { field, fieldType, stringFormat } from "../../src/contract/template/field.ts";
import { model, qualityPreset, resources } from "../../src/contract/template/requirements.ts";
import { readDocument } from "../../src/domain/document/read-document.ts";
import { checkTemplate } from "../../src/domain/template/check-template.ts";
import { mayFollow } from "../../src/domain/template/compare/required-bump.ts";
import { effectiveResources } from "../../src/domain/template/effective-resources.ts";
import { templateHeader } from "../../src/domain/template/template-header.ts";

const page = readFileSync(new URL("../../docs/template-authoring.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^(.*)\n\n```yaml( bad)?\n(template:\n[\s\S]*?)(?=^```$)/gm)].map((found) => ({
  line: page.slice(0, found.index).split("\n").length + 2,
  above: found[1] ?? "",
  isBad: found[2] !== undefined,
  source: found[3] ?? "",
}));
const checked = checkInPageOrder();

describe("the documents on the page", () => {
  test("every block that starts with template: was found", () => {
    expect(blocks.length).toBe(page.match(/^```yaml.*\ntemplate:/gm)?.length);
    expect(blocks.filter((block) => block.isBad).length).toBeGreaterThan(0);
  });

  test.each(blocks.filter((block) => !block.isBad))("the one at line $line is valid", (block) => {
    expect(checked.get(block.line)?.issues).toEqual([]);
  });

  test.each(blocks.filter((block) => block.isBad))("the one at line $line has the issue that is announced", (block) => {
    const codes = checked.get(block.line)?.issues.map((issue) => issue.code);
    expect(codes).toEqual([/^`([a-z_]+)`/.exec(block.above)?.[1]]);
  });

  test("the effective resources in the table are those that a run gets", () => {
    const sketch = concreteTemplate.parse(
      [...checked.values()].find((one) => one.template?.id === "video_sketch")?.template,
    );
    const [keys = [], ...rows] = tableUnder("quality | vram_gb");
    expect(rows.map((row) => row[0])).toEqual(Object.keys(sketch.requirements.quality_presets ?? {}));
    for (const [quality, ...cells] of rows) {
      const effective = effectiveResources(sketch, { prompt: "a cat", quality });
      const numbers = keys.slice(1, -1).map((key) => new Map(Object.entries(effective.resources)).get(key));
      expect([...numbers.map(String), JSON.parse(cells.at(-1) ?? "")]).toEqual([
        ...cells.slice(0, -1),
        effective.parameters,
      ]);
    }
  });
});

describe("the tables on the page", () => {
  test("the limits are those of the code, and none that concerns an author is missing", () => {
    const quoted = tableUnder("what | limit").slice(1);
    const actual = new Map<string, number>(Object.entries(documentLimits));
    expect(quoted.map((row) => [row[2], Number.parseInt(row[1] ?? "", 10)])).toEqual(
      quoted.map((row) => [row[2], actual.get(row[2] ?? "")]),
    );
    const others = ["pageItems", "pageItemsDefault", "searchLength"];
    expect([...quoted.map((row) => row[2]), ...others].sort()).toEqual([...actual.keys()].sort());
  });

  test("a constraint is marked for exactly the types that it acts on", () => {
    const [head = [], ...rows] = tableUnder("key | string");
    expect(head.slice(1).sort()).toEqual([...fieldType.options].sort());
    const marked = rows.flatMap(([key, ...cells]) =>
      cells.flatMap((cell, at) => (cell === "yes" ? [`${head[at + 1]}.${key}`] : [])),
    );
    const everywhere = ["type", "description", "required", "default", "nullable"];
    const acting = field.options.flatMap((option) =>
      Object.keys(option.shape)
        .filter((key) => !everywhere.includes(key))
        .map((key) => `${option.shape.type.value}.${key}`),
    );
    expect(sortedBySpelling(marked)).toEqual(sortedBySpelling(acting));
  });

  test("every key of the language stands in a table", () => {
    const shapes = [concreteTemplate, execution, stage, example, resources, model, qualityPreset, ...field.options];
    const keys = new Set(shapes.flatMap((shape) => Object.keys(shape.shape)));
    const firstCells = [...page.matchAll(/^\| (`[^|]+) \|/gm)].map((found) => found[1] ?? "");
    const documented = new Set(firstCells.flatMap((cell) => [...cell.matchAll(/`(\w+)`/g)].map((found) => found[1])));
    expect([...keys, "extends"].filter((key) => !documented.has(key))).toEqual([]);
  });

  test("the versions that a change asks for are those that the registry asks for", () => {
    const rows = tableUnder("your last version").slice(1);
    expect(rows.length).toBeGreaterThan(1);
    for (const [last = "", ...needed] of rows) {
      const bumps = ["major", "minor", "patch"] as const;
      expect(needed).toEqual(bumps.map((bump) => mayFollow({ bump }, last, last).neededVersion));
    }
  });

  test("every format of strings is named", () => {
    const row = page.split("\n").find((line) => line.startsWith("| `format` of a string")) ?? "";
    expect(stringFormat.options.filter((format) => !row.includes(`\`${format}\``))).toEqual([]);
  });
});

/** Where each union of issue codes is written, and the heading under which the page lists it. */
const unions = [
  { heading: "Reading", file: "document/document-issue-codes.ts" },
  { heading: "Templates", file: "template/issue-codes.ts" },
  { heading: "Values", file: "template/value/value-findings.ts" },
];

describe("the issue codes on the page", () => {
  test.each(unions)("$heading: those of $file, no more and no fewer", ({ heading, file }) => {
    expect(listedUnder(heading).map((row) => row.code)).toEqual(unionIn(file).map((member) => member.code));
  });

  test("a template's issue is marked as a warning exactly if its union says so", () => {
    const warnings = unionIn("template/issue-codes.ts").filter((member) => member.comment.startsWith("Warning:"));
    const marked = listedUnder("Templates").filter((row) => row.next === "warning");
    expect(marked.map((row) => row.code)).toEqual(warnings.map((member) => member.code));
  });
});

/** The members of a union as its file writes them, each with the comment above it, if any; sorted. */
function unionIn(file: string): { code: string; comment: string }[] {
  const source = readFileSync(new URL(`../../src/domain/${file}`, import.meta.url), "utf8");
  const members = [...source.matchAll(/^(?: {2}\/\*\* (.*) \*\/\n)? {2}\| "([a-z_]+)"/gm)];
  return sortedByCode(members.map((found) => ({ comment: found[1] ?? "", code: found[2] ?? "" })));
}

/** The codes in the table under a heading, each with the cell behind it; sorted. */
function listedUnder(heading: string): { code: string; next: string }[] {
  const section = page.split(`\n### ${heading}\n`)[1]?.split(/\n##/)[0] ?? "";
  const rows = [...section.matchAll(/^\| `([a-z_]+)` \| ([^|]+) \|/gm)];
  return sortedByCode(rows.map((found) => ({ code: found[1] ?? "", next: found[2] ?? "" })));
}

function sortedByCode<T extends { code: string }>(rows: readonly T[]): T[] {
  return [...rows].sort((a, b) => (a.code < b.code ? -1 : 1));
}

/** A document may extend one that stands above it. */
function checkInPageOrder(): Map<number, { issues: { code: string }[]; template: Template | null }> {
  const found = new Map<number, { issues: { code: string }[]; template: Template | null }>();
  for (const block of blocks) {
    const { document, issues } = readDocument(block.source);
    if (document === null) {
      found.set(block.line, { issues, template: null });
      continue;
    }
    const parentName = templateHeader(document).extends?.name;
    const parent = [...found.values()].find((one) => one.template !== null && one.template.id === parentName);
    found.set(block.line, checkTemplate(document, parent?.template ?? null));
  }
  return found;
}

/** The rows of the table whose head begins so, its head first; cells without their backticks. */
function tableUnder(head: string): string[][] {
  const lines = page.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`| ${head}`));
  const end = lines.findIndex((line, at) => at > start && !line.startsWith("|"));
  return lines
    .slice(start, end)
    .filter((_, at) => at !== 1)
    .map((line) =>
      line
        .split("|")
        .slice(1, -1)
        .map((cell) => cell.trim().replaceAll("`", "")),
    );
}

function sortedBySpelling(words: readonly string[]): string[] {
  return [...words].sort();
}
