import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { sourceAnalysis } from "../../../src/contract/function/analysis.ts";
import { readCorpus } from "../support/read-corpus.ts";
import { analyzeText } from "./analyze-text.ts";

const sources = readCorpus()
  .filter(({ language, text }) => language === "python" && text.length < 5000)
  .map(({ text }) => text);

describe("the analysis of any text", () => {
  test("of any characters", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), answers), { numRuns: 500 });
  });

  test("of any bytes that are read as UTF-8 or UTF-16", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        answers(new TextDecoder().decode(bytes));
        answers(new TextDecoder("utf-16le").decode(bytes));
      }),
      { numRuns: 200 },
    );
  });

  test("of any order of Python's own words and marks", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...words), { maxLength: 80 }), (parts) => answers(parts.join(""))),
      { numRuns: 1000 },
    );
  });

  test("of sources in which parts are lost, doubled and exchanged", () => {
    const cut = fc.record({ from: fc.double({ min: 0, max: 1, noNaN: true }), size: fc.nat(40), how: fc.nat(3) });
    fc.assert(
      fc.property(fc.constantFrom(...sources), fc.array(cut, { minLength: 1, maxLength: 6 }), (source, cuts) => {
        let text = source;
        for (const { from, size, how } of cuts) {
          const at = Math.floor(from * text.length);
          const part = text.slice(at, at + size);
          const instead = how === 0 ? "" : how === 1 ? part + part : how === 2 ? [...part].reverse().join("") : "\t(";
          text = text.slice(0, at) + instead + text.slice(at + size);
        }
        answers(text);
      }),
      { numRuns: 600 },
    );
  });
});

const words = [
  ..."def class if elif else for while try except finally with as match case return yield lambda import from".split(
    " ",
  ),
  ..."async await not and or in is None True numpy image callsheet.memory print global del type raise".split(" "),
  ..."( ) [ ] { } : , . ; = == := -> @ * ** + - ~ / ' \" ''' \"\"\" f' rb\" \\ # 1 1. 0x 1e9j ... \n \n \t \r \f \0 é 😀".split(
    " ",
  ),
  " ",
  "\n    ",
  "\n@numpy\ndef f(image",
];

/** It ends with a record that keeps to the contract, and refuses what it does not understand. */
function answers(text: string): void {
  const analysis = analyzeText(text);
  expect(sourceAnalysis.safeParse(analysis).error?.issues ?? []).toEqual([]);
  expect(analysis.issues.map(({ code }) => code)).not.toContain("analyzer_failed");
  const isRefused = analysis.issues.some(({ severity }) => severity === "error");
  expect(analysis.code === null).toBe(isRefused);
  if (!isRefused) expect(analysis.functions.length).toBeGreaterThan(0);
}
