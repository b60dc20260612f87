import fc from "fast-check";
import { expect, test } from "vitest";
import { evaluateExpression } from "../../../src/domain/expression/evaluate-expression.ts";
import { parseExpression } from "../../../src/domain/expression/parse-expression.ts";

/** References as `path@offset`, with a `?` where they are guarded. */
function references(text: string): string[] {
  const read = parseExpression(text);
  if (!read.ok) throw new Error(read.failure.message);
  return read.value.references.map(({ path, at, guarded }) => `${path.join(".")}@${at}${guarded ? "?" : ""}`);
}

test.each([
  ["steps.plan.outputs.x", ["steps.plan.outputs.x@0"]],
  ['steps["plan"].outputs["a b"][0].y', ["steps.plan.outputs.a b.0.y@0"]],
  ["xs[i].y + xs[n + 1]", ["xs@0", "i@3", "xs@10", "n@13"]],
  ["f(a.b).c", ["a.b@2"]],
  ["(a.b).c", ["a.b.c@1"]],
  ["xs.map(x, x.y + z.w)", ["xs@0", "z.w@16"]],
  ["xs.map(x, x.map(y, y + x)) + x", ["xs@0", "x@29"]],
  ["item.map(item, item.a + .item.b)", ["item@0", "item.b@24"]],
  ['{"a": b.c, d.e: 1}', ["b.c@6", "d.e@11"]],
  // has()
  ["has(a.b)", ["a.b@4?"]],
  ["has(a.b) ? a.b : a.b", ["a.b@4?", "a.b@11?", "a.b@17"]],
  ["!has(a.b) ? a.b : a.b", ["a.b@5?", "a.b@12", "a.b@18?"]],
  ["has(a.b) && a.b > 1", ["a.b@4?", "a.b@12?"]],
  ["a.b > 1 && has(a.b)", ["a.b@0?", "a.b@15?"]],
  ["!has(a.b) || a.b > 1", ["a.b@5?", "a.b@13?"]],
  ["has(a.b) || a.b > 1", ["a.b@4?", "a.b@12"]],
  ["has(a.b.c) ? a.b.d : 0", ["a.b.c@4?", "a.b.d@13"]],
  ["has(a.b) ? a.b.c : 0", ["a.b@4?", "a.b.c@11?"]],
  ["has(a.b.c) ? a.b : 0", ["a.b.c@4?", "a.b@13?"]],
  ["has(a.b) && has(c.d) ? a.b + c.d : 0", ["a.b@4?", "c.d@16?", "a.b@23?", "c.d@29?"]],
  ["has(a.b) || has(c.d) ? a.b + c.d : 0", ["a.b@4?", "c.d@16?", "a.b@23", "c.d@29"]],
  ["!(has(a.b) && c) ? 0 : a.b", ["a.b@6?", "c@14", "a.b@23?"]],
  ["has(a.b) && xs.all(x, x > a.b)", ["a.b@4?", "xs@12", "a.b@26?"]],
  ["xs.map(a, has(a.b), a.b) + [a.b]", ["xs@0", "a.b@28"]],
  ["xs.map(x, has(a.b), a.b)", ["xs@0", "a.b@14?", "a.b@20?"]],
])("%s refers to %j", (text, expected) => {
  expect(references(text)).toEqual(expected);
});

/** Conditions and values over four fields, each of which may be missing. */
const field = fc.constantFrom("a.p", "a.q", "b.p", "b.q");
const condition: fc.Arbitrary<string> = fc.letrec<{ tree: string }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    field.map((path) => `has(${path})`),
    field.map((path) => `${path} > 0`),
    fc.tuple(tie("tree"), tie("tree")).map(([left, right]) => `(${left} && ${right})`),
    fc.tuple(tie("tree"), tie("tree")).map(([left, right]) => `(${left} || ${right})`),
    tie("tree").map((inner) => `!(${inner})`),
  ),
})).tree;
const value = fc.tuple(condition, field, field).map(([when, yes, no]) => `${when} ? ${yes} : ${no}`);

test("an expression whose references are all guarded has a value, whatever is missing", () => {
  let guarded = 0;
  fc.assert(
    fc.property(fc.oneof(condition, value), fc.subarray(["a.p", "a.q", "b.p", "b.q"]), (text, present) => {
      const read = parseExpression(text);
      if (!read.ok) throw new Error(read.failure.message);
      if (!read.value.references.every((reference) => reference.guarded)) return;
      guarded++;
      const of = (root: string) =>
        Object.fromEntries(present.filter((path) => path.startsWith(root)).map((path) => [path.slice(2), 1]));
      expect(evaluateExpression(read.value, { a: of("a"), b: of("b") }).ok, text).toBe(true);
    }),
    { numRuns: 5000 },
  );
  expect(guarded).toBeGreaterThan(300);
});
