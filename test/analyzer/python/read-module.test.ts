import { describe, expect, test } from "vitest";
import { readExpressionText } from "../../../src/analyzer/python/syntax/read-expression-text.ts";
import { readModule } from "../../../src/analyzer/python/syntax/read-module.ts";

describe("a module as it is read", () => {
  test("names stand for what their last import means, also one for type checkers alone or one that may fail", () => {
    const { imported } = readModule(`
import os.path, numpy as np
from typing import Optional as Maybe, TYPE_CHECKING
import json as np2, json
if TYPE_CHECKING:
    import jax.numpy as jnp
    import numpy as maybe
try:
    import cupy as cp
except ImportError:
    cp = None
maybe = 3
json = None
`);
    expect(Object.fromEntries(imported)).toEqual({
      os: "os",
      np: "numpy",
      Maybe: "typing.Optional",
      TYPE_CHECKING: "typing.TYPE_CHECKING",
      np2: "json",
      jnp: "jax.numpy",
      cp: "cupy",
    });
  });

  test("of each name the last function counts, and functions within others do not", () => {
    const { functions } = readModule(`
def twice(a): pass
if True:
    def twice(b):
        def inner(c): pass
class A:
    def method(self): pass
async def later(): return (lambda: 1), 2
`);
    expect(
      functions.map(({ name, isAsync, parameters }) => [name, isAsync, parameters.map((one) => one.name)]),
    ).toEqual([
      ["twice", false, ["b"]],
      ["later", true, []],
    ]);
    expect(functions[1]?.returned.map((value) => value?.type)).toEqual(["tuple"]);
  });

  test("spans are of the source, also in quoted annotations, decorators and behind bridged gaps", () => {
    const code = `x = 1.\n@(lambda fn: fn)\n@a.b[0](c=2.)\ndef f(p: "Maybe[int]" = -1., /, *q, r): pass\n`;
    const { functions, assigned } = readModule(code);
    const written = ({ from, to }: { from: number; to: number }) => code.slice(from, to);
    expect([...assigned.values()].map(written)).toEqual(["1."]);
    const [f] = functions;
    expect(f?.decorators.map(written)).toEqual(["lambda fn: fn", "a.b[0](c=2.)"]);
    expect(f?.parameters.map(({ name, kind, span }) => [name, kind, written(span)])).toEqual([
      ["p", "positional_only", 'p: "Maybe[int]" = -1.'],
      ["q", "var_positional", "*q"],
      ["r", "keyword_only", "r"],
    ]);
    expect(f?.parameters[0]?.default).toMatchObject({ type: "unary", operand: { type: "number", value: 1 } });
    expect(written(f?.span ?? { from: 0, to: 0 })).toBe(code.slice(7).trimEnd());
  });

  test("literals have the values that Python gives them", () => {
    const values = (text: string) => readExpressionText(text, 0);
    for (const [text, value] of [
      ["1_000", 1000],
      ["0x1F", 31],
      ["0b11", 3],
      ["0o17", 15],
      ["1.", 1],
      [".5e1", 5],
      ["2j", null],
      ["1e999", null],
      ["9007199254740993", null],
    ] as const) {
      expect(values(text)).toMatchObject({ type: "number", value });
    }
    for (const [text, value] of [
      [
        String.raw`'a\n\x41\u00e9\U0001F600\101\
b'`,
        "a\nA\u00e9\u{1F600}Ab",
      ],
      [String.raw`r'\n'`, "\\n"],
      [String.raw`'\q\''`, "\\q'"],
      [`"""a"b"""`, 'a"b'],
      [`'a' "b" r'\\c'`, "ab\\c"],
      [`f'{a}'`, null],
      [`'a' f'{a}'`, null],
      [String.raw`'\N{BULLET}'`, null],
    ] as const) {
      expect(values(text)).toMatchObject({ type: "string", value, isBytes: false });
    }
    expect(values(`b'a' b'b'`)).toMatchObject({ type: "string", value: "ab", isBytes: true });
  });

  test("a text that is not one expression is none", () => {
    for (const text of [
      "",
      " ",
      "# only",
      "a)(b",
      "a) + (b",
      "a = 1",
      "def f(): pass",
      "a b",
      "(".repeat(500),
      "x;y",
      "a\nb",
    ]) {
      expect([text, readExpressionText(text, 3)]).toEqual([text, null]);
    }
  });

  test("an expression in a text has its place in the source", () => {
    expect(readExpressionText("list[int]  # of it", 100)).toEqual({
      type: "subscript",
      object: { type: "name", name: "list", from: 100, to: 104 },
      index: { type: "name", name: "int", from: 105, to: 108 },
      from: 100,
      to: 109,
    });
    expect(readExpressionText("a, b", 100)).toMatchObject({ type: "tuple", from: 100, to: 104 });
  });
});
