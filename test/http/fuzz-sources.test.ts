import fc from "fast-check";
import { expect, it } from "vitest";
import { problem } from "../../src/contract/failure.ts";
import { aFunctionText, anArrayText, postSource, postSources } from "./a-source.ts";
import { expectSound } from "./an-answer.ts";

const types = ["text/x-python", "application/typescript", "text/javascript"] as const;
const seeds = [
  aFunctionText("measure", { parameters: "value: float, mode: str = 'a'" }),
  anArrayText("blur"),
  "export function twice({ value }: { value: number }): number {\n  return value * 2;\n}\n",
];

/** Text of all kinds, and sources that are nearly right: with a piece cut out, doubled, or put in. */
const source = fc.oneof(
  fc.string({ unit: "binary", maxLength: 300 }),
  fc
    .tuple(fc.constantFrom(...seeds), fc.nat(400), fc.nat(40), fc.string({ unit: "binary", maxLength: 20 }))
    .map(([text, at, length, piece]) => text.slice(0, at) + piece + text.slice(at + length)),
  fc
    .tuple(fc.constantFrom("(", "[", "{", "lambda: ", "not ", "@a\n", "if x:\n "), fc.nat(3000))
    .map(([piece, times]) => piece.repeat(times)),
);

it("answers any source without failing, and says what is wrong with it", async () => {
  await fc.assert(
    fc.asyncProperty(source, fc.constantFrom(...types), async (text, type) => {
      const response = await postSource(text, "?dry_run=true&file=some.file", type);
      const status = response.status;
      const told = await expectSound(response);
      expect([200, 422]).toContain(status);
      if (status === 422) expect(told?.issues.some((issue) => issue.severity === "error")).toBe(true);
    }),
    { numRuns: 150 },
  );
});

it("answers any batch of them, one result for each", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(source, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(".py", ".ts", ".js"),
      async (texts, end) => {
        const sources = texts.map((text, at) => ({ file: `${at}${end}`, source: text === "" ? " " : text }));
        const response = await postSources(sources, "?dry_run=true");
        const text = await response.text();
        expect(response.status, text).toBeLessThan(500);
        const told = JSON.parse(text);
        if (response.status === 200) expect(told.results).toHaveLength(texts.length);
        else problem.parse(told);
      },
    ),
    { numRuns: 40 },
  );
});
