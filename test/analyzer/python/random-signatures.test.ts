import fc from "fast-check";
import { expect, test } from "vitest";
import { snakeName } from "../../../src/analyzer/snake-name.ts";
import type { ParameterKind } from "../../../src/contract/function/signature.ts";
import type { Field } from "../../../src/contract/template/field.ts";
import { analyzeText } from "./analyze-text.ts";

/** Annotations, a default of each, and the type of field that they become (docs/function-types.md). */
const types: { annotation: string; defaults: string[]; type: Field["type"]; isNullable?: boolean }[] = [
  { annotation: "int", defaults: ["0", "-3", "1_000"], type: "integer" },
  { annotation: "float", defaults: ["0.5", "-1.", "1e-3"], type: "float" },
  { annotation: "bool", defaults: ["True", "False"], type: "boolean" },
  { annotation: "str", defaults: ["''", '"a, b"', "'#(]'"], type: "string" },
  { annotation: '"float"', defaults: [".25"], type: "float" },
  { annotation: "Optional[int]", defaults: ["None", "7"], type: "integer", isNullable: true },
  { annotation: "float | None", defaults: ["None"], type: "float", isNullable: true },
  { annotation: "Literal['a', 'b']", defaults: ["'a'", '"b"'], type: "string" },
  { annotation: "list[float]", defaults: ["[1.0, 2.5]"], type: "array" },
  { annotation: "tuple[int, int]", defaults: ["(1, 2)"], type: "array" },
  { annotation: "dict[str, int]", defaults: ["{'a': 1}"], type: "object" },
  { annotation: "np.ndarray", defaults: [], type: "file" },
  { annotation: "Path", defaults: [], type: "file" },
];

const keywords = new Set(
  "False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield np Path Optional Literal python numpy".split(
    " ",
  ),
);
const name = fc.stringMatching(/^[a-z][a-z0-9]{0,8}(_[a-z0-9]{1,5})?$/).filter((text) => !keywords.has(text));
const functionName = fc
  .stringMatching(/^[a-z][a-z0-9]{0,5}([A-Z][a-z]{1,5}|_[a-z0-9]{1,5})?$/)
  .filter((text) => !keywords.has(text));
const type = fc.constantFrom(...types);
const parameter = fc.record({
  name,
  type,
  hasDefault: fc.boolean(),
  which: fc.nat(2),
  spaces: fc.constantFrom("", " ", "\n    ", "  # a, b=1\n"),
});
const layout = fc.record({
  positionalOnly: fc.nat(3),
  keywordOnly: fc.nat(4),
  stars: fc.constantFrom("", "*rest: int", "*"),
});
const signature = fc.record({
  functionName,
  runtime: fc.constantFrom("python" as const, "numpy" as const),
  isAsync: fc.boolean(),
  parameters: fc.uniqueArray(parameter, { maxLength: 8, selector: (one) => one.name }),
  layout,
});

interface Written {
  name: string;
  kind: ParameterKind;
  annotation: string | null;
  default_text: string | null;
  required: boolean;
}

test("the parameters of a random signature come back as they were written, and its inputs in that order", () => {
  fc.assert(
    fc.property(signature, ({ functionName: fn, runtime, isAsync, parameters, layout: how }) => {
      const { text, written, fields } = write(parameters, how, runtime === "numpy");
      const header = `${isAsync ? "async def" : "def"} ${fn}(${text})`;
      const source = `${prelude}\n@${runtime}\n${header}${runtime === "python" ? " -> int" : ""}:\n    return ${runtime === "python" ? "1" : "image"}\n`;
      const analysis = analyzeText(source);
      expect(analysis.issues.filter(({ severity }) => severity === "error")).toEqual([]);
      const [found] = analysis.functions;
      expect(found?.id).toBe(`${runtime}.${snakeName(fn)}`);
      expect(found?.is_async).toBe(isAsync);
      expect(found?.parameters).toEqual(written);
      const inputs = Object.entries(found?.interface.inputs ?? {});
      const given = inputs.filter(([input]) => fields.has(input));
      expect(given.map(([input]) => input)).toEqual([...fields.keys()]);
      for (const [input, field] of given)
        expect([input, field.type, field.nullable === true]).toEqual([input, ...(fields.get(input) ?? [])]);
    }),
    { numRuns: 500 },
  );
});

const prelude = `from pathlib import Path
from typing import Literal, Optional

import numpy as np

from callsheet.memory import numpy as numpy, python
`;

interface Given {
  name: string;
  type: (typeof types)[number];
  hasDefault: boolean;
  which: number;
  spaces: string;
}

type Layout = { positionalOnly: number; keywordOnly: number; stars: string };

/** The parameters as Python, and what must come back of them. */
function write(given: readonly Given[], { positionalOnly, keywordOnly, stars }: Layout, hasImage: boolean) {
  const made = given
    .filter(({ name: own }) => own !== "image" && own !== "rest")
    .map((one) => {
      const value = one.hasDefault
        ? (one.type.defaults[one.which % Math.max(1, one.type.defaults.length)] ?? null)
        : null;
      return { ...one, value, field: [one.type.type, one.type.isNullable === true] };
    });
  const byName = stars === "" ? 0 : Math.min(keywordOnly, made.length);
  const keywords = made.slice(made.length - byName);
  // By position, a parameter without a default may not follow one that has it.
  const byPosition = made
    .slice(0, made.length - byName)
    .sort((a, b) => Number(a.value !== null) - Number(b.value !== null));
  const image = { name: "image", type: null, value: null, spaces: "", field: ["file", false] };
  const positional = [...(hasImage ? [image] : []), ...byPosition];
  const slash = Math.min(positionalOnly, positional.length);

  const parts: string[] = [];
  const written: Written[] = [];
  const add = (one: (typeof positional)[number] | (typeof keywords)[number], kind: ParameterKind) => {
    const annotation = one.type?.annotation ?? null;
    const typed = annotation === null ? one.name : `${one.name}:${one.spaces}${annotation}`;
    parts.push(`${one.spaces}${typed}${one.value === null ? "" : ` =${one.spaces}${one.value}`}`);
    written.push({ name: one.name, kind, annotation, default_text: one.value, required: one.value === null });
  };
  for (const [index, one] of positional.entries()) {
    add(one, index < slash ? "positional_only" : "positional_or_keyword");
    if (index === slash - 1) parts.push("/");
  }
  // A `*` alone needs a parameter after it.
  if (stars === "*rest: int" || keywords.length > 0) parts.push(stars);
  if (stars === "*rest: int") {
    written.push({ name: "rest", kind: "var_positional", annotation: "int", default_text: null, required: false });
  }
  for (const one of keywords) add(one, "keyword_only");
  const fields = new Map([...positional, ...keywords].map((one) => [one.name, one.field]));
  return { text: parts.join(","), written, fields };
}
