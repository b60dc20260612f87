import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { field as anyFieldSchema } from "../../../src/contract/template/field.ts";
import { tableRows } from "../support/table-rows.ts";
import { deriveLast, deriveParameter } from "./derive-last.ts";

const page = readFileSync(new URL("../../../docs/function-types.md", import.meta.url), "utf8");
const definitions = /```python\n([\s\S]*?)```/.exec(page)?.[1] ?? "";
const typeRows = rowsUnder("annotation | field");
const sources = ["types", "returns", "docstrings"].flatMap(corpusOf);

describe("the tables of docs/function-types.md", () => {
  test("are all found", () => {
    expect(typeRows.length).toBeGreaterThan(80);
    expect(definitions).toContain("class Mode(Enum)");
  });

  test.each(typeRows)("the annotation %s is the field %s", (annotation = "", json = "", warning) => {
    const expected = JSON.parse(json);
    const { field, codes } = deriveParameter(`x: ${annotation}`, definitions);
    expect(field).toEqual({ ...expected, required: true });
    expect(codes).toEqual(warning === undefined || warning === "" ? [] : [warning]);
    expect(anyFieldSchema.safeParse(field).success).toBe(true);
  });

  test.each(rowsUnder("parameter | input"))("the parameter %s is the input %s", (written = "", json = "", warning) => {
    const { field, codes } = deriveParameter(written, `${definitions}\nLIMIT = 10\n`, "numpy");
    expect(field).toEqual(JSON.parse(json));
    expect(codes.filter((code) => code !== "no_image_returned")).toEqual(
      warning === undefined || warning === "" ? [] : [warning],
    );
  });

  test.each(rowsUnder("annotation | outputs"))("what returns %s has the outputs %s", (annotation = "", json = "") => {
    const { interface: derived, findings } = deriveLast(`${definitions}\ndef f() -> ${annotation}: ...\n`);
    expect(derived.outputs).toEqual(JSON.parse(json));
    expect(findings).toEqual([]);
  });

  test.each(rowsUnder("function | outputs"))(
    "the array function %s has the outputs %s",
    (source = "", outputs = "") => {
      const { interface: derived, returns, findings } = deriveLast(`${definitions}\n${source}\n`, "numpy");
      const told = Object.entries(derived.outputs).map(([name, field]) =>
        field.required === false ? `${name} (may be missing)` : name,
      );
      expect(told.join(", ")).toBe(outputs.replaceAll("`", ""));
      expect(returns.names).toEqual(Object.keys(derived.outputs));
      expect(findings).toEqual([]);
    },
  );

  test("every row of a type is a parameter of some source of the corpus", () => {
    const missing = typeRows.filter(([annotation]) => !sources.some((source) => source.includes(`: ${annotation},\n`)));
    expect(missing).toEqual([]);
  });

  test("every code is one that the sources of the corpus show", () => {
    const codes = rowsUnder("code | |").map(([code]) => code);
    expect(codes.length).toBeGreaterThan(10);
    const shown = new Set(sources.flatMap(expectedCodes));
    const unshown = codes.filter((code) => code !== "type_too_deep" && !shown.has(code ?? ""));
    expect(unshown).toEqual([]);
    expect([...shown].filter((code) => !codes.includes(code))).toEqual([]);
  });
});

function corpusOf(name: string): string[] {
  const folder = new URL(`../corpus/${name}/`, import.meta.url);
  return readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
}

function expectedCodes(source: string): string[] {
  return [...source.matchAll(/^# expect (?:error|warning) (\w+)/gm)].map((found) => found[1] ?? "");
}

/** Code without its backticks where a cell is nothing else. */
function rowsUnder(header: string): string[][] {
  return tableRows(page, header, bare);
}

function bare(cell: string): string {
  return /^`[^`]*`$/.test(cell) && !cell.includes("`, `") ? cell.slice(1, -1) : cell;
}
