import { parser } from "@lezer/python";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { bridgeGaps } from "../../../src/analyzer/python/syntax/bridge-gaps.ts";
import { ruff } from "./analyze-text.ts";

/** Legal Python that the grammar does not take as it is. */
const forms = [
  "x = 1.\n",
  "x = (1., 2.j, 1.e5, 3.14, .5e3)\n",
  "def f(x=1., y: float = 2.): pass\n",
  "def f():\n  yield\n  x = yield\n  y = (yield)\n  yield; yield\n",
  "lambda: (yield)\n",
  "@a.b[0](c)\ndef f(): pass\n",
  "@lambda f: f\ndef f(): pass\n",
  "@x if y else z\nclass A: pass\n",
  "@(a\n .b)\n# c\n@x.y(1)(2)  # d\nasync def f(): pass\n",
  "with (a as b, c as d): pass\n",
  "with (a as b,  # c\n  c(1,\n 2) as (d, e), ):\n  pass\n",
  "with (a as b, c): pass\nwith (open(x)) as f: pass\n",
  "with a as (b, c):\n  pass\nx\n",
  "with a as b.c, d as e[0]: pass\n",
  "async def f():\n  async with (a as b, c): pass\n",
  "x[*a]\nx[b, *a]\n",
  "def f(*args: *Ts): pass\n",
  "lambda x, /, y: 0\nlambda x, y=1, /: 0\n",
  "def f[T = int, *Ts = *tuple[int], **P = [int]](x: T): pass\n",
  "class A[T: (int, str) = int](B): pass\ntype X[T = int] = list[T]\n",
  "for x in *a, b: pass\n",
  "match x, y:\n  case a, b: pass\n",
  "match *a, b:\n  case [A(), {}, ()] if x: pass\n",
  "match x,:\n  case []: pass\n  case {}: pass\n  case (): pass\n  case int(): pass\n",
  "if x:\n  pass\n\f\ndef f(): pass\n",
  "print = 3\nprint >>f, x\n",
];

describe("gaps of the grammar", () => {
  test.each(forms)("%j is legal Python, and its copy has a whole tree", (code) => {
    expect(ruff(code).filter(({ message }) => !message.startsWith("`await`"))).toEqual([]);
    expect(hasErrors(code)).toBe(true);
    expect(hasErrors(bridgeGaps(code))).toBe(false);
  });

  test("a copy has the length of its source and the same lines outside brackets, whatever the source", () => {
    const pieces = fc.constantFrom(
      ...forms.flatMap((form) => form.split(/(\s|\b)/)),
      ...["(", ")", "[", "]", "{", "}", ":", ",", "*", "'", '"""', "\\", "\n", "\f", "lambda", "with", "match", "@"],
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 60 }), (parts) => {
        const code = parts.join("");
        expect(bridgeGaps(code).length).toBe(code.length);
      }),
      { numRuns: 2000 },
    );
  });

  test("what the grammar takes is left as it is", () => {
    const code =
      "x = {1: 2.5, **a}\ny = [*a, -b ** 2]\nwith a as b, (c): pass\nmatch = x[1:2, ::3]\nf(match, a * b, yield_)\n";
    expect(bridgeGaps(code)).toBe(code);
  });
});

function hasErrors(code: string): boolean {
  const cursor = parser.parse(code).cursor();
  do {
    if (cursor.type.isError) return true;
  } while (cursor.next());
  return false;
}
