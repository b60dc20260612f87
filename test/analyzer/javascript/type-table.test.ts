import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { field as anyFieldSchema } from "../../../src/contract/template/field.ts";
import { tableRows } from "../support/table-rows.ts";
import { analyze, lastFunction } from "./analyze.ts";

const page = readFileSync(new URL("../../../docs/function-types-typescript.md", import.meta.url), "utf8");
const definitions = /^The table uses these definitions:\n\n```ts\n([\s\S]*?)```/m.exec(page)?.[1] ?? "";
const types = rowsUnder("type | field");

describe("the tables of docs/function-types-typescript.md", () => {
  test("are all found", () => {
    expect(definitions).toContain("interface Size");
    expect(types.length).toBeGreaterThan(45);
  });

  test.each(types)("the type %s is the field %s (%s)", (type = "", json = "", issue = "") => {
    const { fn, codes } = lastFunction(`${definitions}\nexport function f({ x }: { x: ${type} }): void {}\n`);
    expect(codes).toEqual(issue === "" ? [] : [issue]);
    if (json === "refused") expect(fn).toBeUndefined();
    else expect(fn?.interface.inputs.x).toEqual({ ...JSON.parse(json), required: true });
    expect(fn === undefined || anyFieldSchema.safeParse(fn.interface.inputs.x).success).toBe(true);
  });

  test.each(rowsUnder("property | field"))("the property %s is the input %s", (property = "", json = "") => {
    const { fn, codes } = lastFunction(`${definitions}\nexport function f({ x }: { ${property} }): void {}\n`);
    expect(codes).toEqual([]);
    expect(fn?.interface.inputs).toEqual({ x: JSON.parse(json) });
  });

  test.each(rowsUnder("returns | outputs"))("what returns %s has the outputs %s", (type = "", json = "") => {
    const { fn, codes } = lastFunction(`${definitions}\nexport function f(): ${type} {}\n`);
    expect(codes).toEqual([]);
    expect(fn?.interface.outputs).toEqual(JSON.parse(json));
    expect(fn?.returns.names).toEqual(Object.keys(JSON.parse(json)));
  });

  test.each(rowsUnder("tag | input"))("the tag %s is the input %s", (tag = "", json = "") => {
    const { fn, codes } = lastFunction(`/**\n * ${tag}\n */\nexport function f({ x }) {}\n`, "javascript");
    expect(codes).toEqual([]);
    expect(fn?.interface.inputs).toEqual({ x: JSON.parse(json) });
  });

  test.each(rowsUnder("schema | field"))("the schema %s is the field %s", (schema = "", json = "") => {
    const whole = `{ inputs: { type: "object", properties: { x: ${schema} }, required: ["x"] } }`;
    const { fn, codes } = lastFunction(`export const schema = ${whole};\nexport function f({ x }) {}\n`, "javascript");
    expect(codes).toEqual([]);
    expect(fn?.interface.inputs).toEqual({ x: { ...JSON.parse(json), required: true } });
  });

  test("the functions that it shows are accepted", () => {
    const shown = [...page.matchAll(/^```(ts|js)\n(\/\*\*[\s\S]*?|export const schema[\s\S]*?)```/gm)];
    expect(shown).toHaveLength(2);
    const [counting, schema] = shown.map(([, , text]) => text ?? "");
    expect(analyze(counting ?? "").issues).toEqual([]);
    const whole = `${schema}\nexport function f({ text }) {}\n`;
    expect(analyze(whole, "javascript").issues).toEqual([]);
  });

  test("name every code that the sources of the corpus show, and none that they do not", () => {
    const told = rowsUnder("code | |").map(([code]) => code ?? "");
    const folder = new URL("../corpus/javascript/", import.meta.url);
    const sources = readdirSync(folder).map((file) => readFileSync(new URL(file, folder), "utf8"));
    const shown = new Set(
      sources.flatMap((source) =>
        [...source.matchAll(/^\/\/ expect (?:error|warning) (\w+)/gm)].map(([, code]) => code ?? ""),
      ),
    );
    expect([...shown].filter((code) => !told.includes(code))).toEqual([]);
    expect(told.filter((code) => !shown.has(code)).sort()).toEqual([...tooLongToKeep].sort());
  });
});

/** What takes a source too long to be kept as a file; hard-text.test.ts makes them. */
const tooLongToKeep = [
  "bad_character",
  "default_unsayable",
  "enum_too_large",
  "too_complex",
  "too_deep",
  "too_large",
  "too_many_fields",
  "too_many_functions",
  "too_many_parameters",
  "type_too_deep",
];

/** Code without its backticks where a cell is nothing else. */
function rowsUnder(header: string): string[][] {
  return tableRows(page, header, bare);
}

function bare(cell: string): string {
  return /^(`+) ?(.*?) ?\1$/.exec(cell)?.[2] ?? cell;
}
