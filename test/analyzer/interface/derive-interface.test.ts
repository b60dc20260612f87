import { describe, expect, test } from "vitest";
import { deriveLast, placesIn } from "./derive-last.ts";

const runnerInputs = ["slice_by_slice", "dtype_conversion"];

describe("parameters", () => {
  test("are told as they are written, and those with stars are no inputs", () => {
    const code = `def f(a: int, /, b: "str" = 'x', *args: int, c: float = 1.0, **more: str) -> None: ...\n`;
    const { parameters, interface: derived } = deriveLast(code);
    expect(parameters).toEqual([
      { name: "a", kind: "positional_only", annotation: "int", default_text: null, required: true },
      { name: "b", kind: "positional_or_keyword", annotation: '"str"', default_text: "'x'", required: false },
      { name: "args", kind: "var_positional", annotation: "int", default_text: null, required: false },
      { name: "c", kind: "keyword_only", annotation: "float", default_text: "1.0", required: false },
      { name: "more", kind: "var_keyword", annotation: "str", default_text: null, required: false },
    ]);
    expect(Object.keys(derived.inputs)).toEqual(["a", "b", "c"]);
  });

  test("a name that can name no input is an error at the parameter, and the others are read all the same", () => {
    const code = "def f(größe: int, b: int = 1) -> None: ...\n";
    expect(placesIn(code)).toEqual(["illegal_parameter größe: int"]);
    expect(deriveLast(code).findings[0]).toMatchObject({
      severity: "error",
      stage: "signature",
      path: "/functions/f/parameters/größe",
    });
    expect(Object.keys(deriveLast(code).interface.inputs)).toEqual(["b"]);
  });

  test("names that JavaScript knows from its objects are names like others", () => {
    const { interface: derived, docs } = deriveLast(
      'def f(constructor: int, __proto__: str, toString: float = 1) -> None:\n  """F.\n\n  Args:\n    __proto__: Text.\n  """\n',
    );
    expect(Object.entries(derived.inputs)).toEqual([
      ["constructor", { type: "integer", required: true }],
      ["__proto__", { type: "string", required: true, description: "Text." }],
      ["toString", { type: "float", default: 1 }],
    ]);
    expect(Object.keys(docs.args)).toEqual(["__proto__"]);
  });
});

describe("array functions", () => {
  test.each(["numpy", "cupy", "torch", "tensorflow", "jax", "pyclesperanto"] as const)(
    "of %s take the stack first and what the runner applies last",
    (runtime) => {
      const { interface: derived } = deriveLast("def f(image: str, sigma=1.0): return image\n", runtime);
      expect(Object.keys(derived.inputs)).toEqual(["image", "sigma", ...runnerInputs]);
      expect(derived.inputs.image).toMatchObject({ type: "file", required: true });
      expect(derived.outputs).toMatchObject({ image: { type: "file", required: true } });
    },
  );

  test("have the runner's inputs once, even if they take them by a name of their own", () => {
    const { interface: derived } = deriveLast(
      "def f(image, dtype_conversion: str = 'native', *, slice_by_slice=True): return image\n",
      "jax",
    );
    expect(Object.keys(derived.inputs)).toEqual(["image", ...runnerInputs.toReversed()]);
    expect(derived.inputs.slice_by_slice).toEqual({ type: "boolean", default: true });
  });

  test("plain functions have none of that", () => {
    const { interface: derived } = deriveLast("def f(image: str) -> str: return image\n", "python");
    expect(derived.inputs).toEqual({ image: { type: "string", required: true } });
  });
});

describe("findings stand where what is meant is written", () => {
  test.each<[string, string[]]>([
    ["def f(a: Foo[int]) -> None: ...\n", ["unknown_type Foo[int]"]],
    ["def f(a: list[Foo]) -> None: ...\n", ["unknown_type Foo"]],
    ["def f(a: 'list[Foo]') -> None: ...\n", ["unknown_type 'list[Foo]'"]],
    ["from typing import Optional\ndef f(a: Optional[int | str]) -> None: ...\n", ["mixed_types int | str"]],
    ["def f(a: int) -> Foo: ...\n", ["unknown_type Foo"]],
    ["Alias = list[Foo]\ndef f(a: Alias, b: Alias) -> None: ...\n", ["unknown_type Foo"]],
    ["def f(a: int = 'x') -> None: ...\n", ["default_refused 'x'"]],
    ["def f(a: {}) -> None: ...\n", ["unknown_type {}"]],
    ["def f(a: 3) -> None: ...\n", ["unknown_type 3"]],
    ["x = 3\ndef f(a: x) -> None: ...\n", ["unknown_type x"]],
    ["def f(a: '') -> None: ...\n", ["unknown_type ''"]],
    ["def f(a: f'{int}') -> None: ...\n", ["unknown_type f'{int}'"]],
    ["def f(a: f) -> None: ...\n", ["unknown_type f"]],
    ["def f(a: int and str) -> None: ...\n", ["unknown_type int and str"]],
    ["import foo\ndef f(a: foo.Bar) -> None: ...\n", ["unknown_type foo.Bar"]],
    ["A = B\nB = A\ndef f(a: A) -> None: ...\n", ["recursive_type A"]],
  ])("%j", (code, places) => {
    expect(placesIn(code)).toEqual(places);
  });

  test("a warning says what is meant, or what would be understood", () => {
    const { findings } = deriveLast("def f(a: string, b: Foo, c: Lisst) -> None: ...\n");
    expect(findings.map(({ suggestion }) => suggestion)).toEqual([
      "did you mean str?",
      expect.stringContaining("understood are str, int"),
      "did you mean list?",
    ]);
    expect(findings[0]).toMatchObject({ severity: "warning", stage: "types", path: "/functions/f/parameters/a" });
  });
});

describe("what a name means is what the file binds it to", () => {
  test.each([
    ["import typing as t", "t.Optional[int]", { type: "integer", nullable: true }],
    ["from typing import Optional as Maybe", "Maybe[int]", { type: "integer", nullable: true }],
    ["import numpy.typing as npt", "npt.NDArray", { type: "file" }],
    ["from numpy import ndarray", "ndarray", { type: "file" }],
    ["import datetime as dt", "dt.date", { type: "string", format: "date" }],
    ["from datetime import datetime", "datetime", { type: "string", format: "date-time" }],
    ["from callsheet.memory import torch", '"torch.Tensor"', { type: "file" }],
    ["from openhcs.core.memory.decorators import numpy", '"numpy.ndarray"', { type: "file" }],
    ["from collections.abc import Set", "Set[int]", { type: "array", unique_items: true }],
    ["class int:\n  pass", "int", { type: "any" }],
    ["def str(): ...", "str", { type: "any" }],
    ["list = dict", "list", { type: "object", additional_properties: true }],
  ])("%s, then %s", (definition, annotation, field) => {
    const { interface: derived } = deriveLast(`${definition}\ndef f(x: ${annotation}) -> None: ...\n`);
    expect(derived.inputs.x).toMatchObject(field);
  });
});
