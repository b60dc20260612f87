import { describe, expect, test } from "vitest";
import { readCorpus } from "../support/read-corpus.ts";
import { analyze } from "./analyze.ts";

const files = readCorpus().filter(({ path, calls }) => path.startsWith("javascript/") && calls.length > 0);

describe("what a source of the corpus says that a call gives", () => {
  test("is said by many", () => {
    expect(files.length).toBeGreaterThan(30);
  });

  test.each(files)("$path runs without its types and gives it", async ({ text, language, calls }) => {
    const { code, functions } = analyze(text, language);
    const module = await import(`data:text/javascript;charset=utf-8,${encodeURIComponent(code ?? "")}`);
    for (const { name, inputs, outputs } of calls) {
      const fn = functions.find(({ id }) => name === null || id === `javascript.${name}`);
      const value: unknown = await module[fn?.entry ?? ""](structuredClone(inputs));
      const shape = fn?.returns.shape;
      const given = shape === "fields" ? value : shape === "nothing" ? {} : { result: value };
      expect(JSON.parse(JSON.stringify(given))).toEqual(outputs);
    }
  });
});
