import { expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import type { JsonMap, JsonValue } from "../../../src/domain/document/json-value.ts";
import { evaluate } from "./evaluate.ts";

const scope: JsonMap = {
  workflow: { input: { n: 2, f: 2.5, text: "née 😀", none: null, list: [1, "a", null], big: 9007199254740991 } },
  steps: { plan: { outputs: { tasks: ["x", "y"], mode: "fast" } }, skipped: {} },
  item: { id: 7 },
  run: { id: "r1", started_at: "2026-01-02T03:04:05Z" },
};

const table: [string, JsonValue][] = [
  // Values of the scope keep their types.
  ["workflow.input.n", 2],
  ["workflow.input.f", 2.5],
  ["workflow.input.none", null],
  ["workflow.input", { n: 2, f: 2.5, text: "née 😀", none: null, list: [1, "a", null], big: 9007199254740991 }],
  ["steps.plan.outputs.tasks[1]", "y"],
  ['steps["plan"].outputs["mode"]', "fast"],
  ["item.id + 1", 8],
  ['run.started_at < "2027"', true],
  // Integers and floats.
  ["7 / 2", 3],
  ["-7 / 2", -3],
  ["-7 % 2", -1],
  ["7 / 2.0", 3.5],
  ["7.0 / 2", 3.5],
  ["2 * 1.5", 3],
  ["workflow.input.f * 2", 5],
  ["double(workflow.input.n) / 4", 0.5],
  ["workflow.input.big - 1", 9007199254740990],
  ["9223372036854775807 - 9223372036854775806", 1],
  ["1 == 1.0", true],
  ["1 < 1.5", true],
  ["int(2.9)", 2],
  ['int("-42")', -42],
  ['double("1e3")', 1000],
  ["string(1.5) + string(2) + string(true)", "1.52true"],
  // Texts, by code points.
  ["size(workflow.input.text)", 5],
  ['"😀" > "\uFB00"', true],
  ['"a" + "b"', "ab"],
  ['workflow.input.text.contains("é")', true],
  ['"abc".startsWith("ab") && "abc".endsWith("bc")', true],
  ['"v1.2".matches("^v[0-9]+")', true],
  // Lists and maps.
  ["[1, 2] + [3]", [1, 2, 3]],
  ['{"a": 1, "b": [2]}', { a: 1, b: [2] }],
  ['"x" in steps.plan.outputs.tasks', true],
  ['"mode" in steps.plan.outputs', true],
  ['"none" in workflow.input', true],
  ["steps.plan.outputs.tasks == ['x', 'y']", true],
  ['{"a": [1.0]} == {"a": [1]}', true],
  // has(): a null is there; a path is not there when any part of it is missing.
  ["has(workflow.input.none)", true],
  ["has(workflow.input.zz)", false],
  ["has(steps.skipped.outputs)", false],
  ["has(steps.skipped.outputs.x.y)", false],
  ["has(steps.nobody.outputs)", false],
  ["has(workflow.input.list[9].x)", false],
  ["has(steps.skipped.outputs) ? steps.skipped.outputs.n : 0", 0],
  // One side that decides is enough.
  ["false && workflow.input.zz > 1", false],
  ["workflow.input.zz > 1 && false", false],
  ["workflow.input.zz > 1 || true", true],
  // Loops.
  ["steps.plan.outputs.tasks.map(t, t + '!')", ["x!", "y!"]],
  ["[1, 2, 3].map(x, x > 1, x * x)", [4, 9]],
  ["[1, 2, 3].filter(x, x % 2 == 1)", [1, 3]],
  ["[1, 2].all(x, x > 0)", true],
  ["[1, 2].exists(x, x / (x - 1) == 2)", true],
  ["[1, 2, 2].exists_one(x, x == 2)", false],
  ["steps.plan.outputs.filter(key, key.startsWith('m'))", ["mode"]],
  ["[[1], [2, 3]].map(xs, xs.map(x, [1].exists(y, y == x)))", [[true], [false, false]]],
  ["[3].map(item, item)", [3]],
  ["[3].map(item, .item.id)", [7]],
  // Why there is no value.
  ["steps.plan.outputs.tsks", "refused: steps.plan.outputs has no tsks; did you mean tasks?"],
  ["workflow.input.list[3]", "refused: there is no [3]: the array has 3 items, counted from 0"],
  ["workflow.input.none.x", "refused: workflow.input.none is null, which has no x"],
  ["1 / 0", "refused: 1 / 0: division by zero"],
  ["1.0 / 0", "refused: it gives Infinity, which JSON does not have"],
  ["9223372036854775807 + 1", "refused: 9223372036854775807 + 1 does not fit into 64 bits"],
  ["9007199254740993", "refused: it gives 9007199254740993, which JSON cannot carry exactly"],
  ['"a" < 1', "refused: < cannot compare a string with an integer"],
  [
    '1 + "a"',
    "refused: + wants two numbers, two strings or two arrays, not an integer and a string; string(x) makes a text of a number",
  ],
  ["1 ? 2 : 3", "refused: what stands before ? is true or false, not an integer"],
  ["nobody", "refused: there is no nobody here"],
  ["sise([])", "refused: there is no function sise()"],
  ['int("")', 'refused: int() cannot read "" as an integer'],
  ['double("abc")', 'refused: double() cannot read "abc" as a number'],
  ['{1: "a"}', "refused: it gives a map with the key 1, an integer; JSON has strings only"],
  [
    '"a".matches("(?=a)")',
    'refused: matches() cannot use the pattern "(?=a)": invalid or unsupported Perl syntax: `(?=`',
  ],
];

test.each(table)("%s is %j", (text, expected) => {
  expect(evaluate(text, scope)).toEqual(expected);
});

test("names of JavaScript's prototypes are keys like others", () => {
  const tricky: JsonMap = JSON.parse('{"a": {"__proto__": 1, "constructor": 2}, "b": {}, "list": []}');
  expect(evaluate("a.__proto__ + a.constructor", tricky)).toBe(3);
  for (const name of ["__proto__", "constructor", "toString", "hasOwnProperty", "length"]) {
    expect(evaluate(`has(b.${name})`, tricky)).toBe(false);
    expect(evaluate(`b["${name}"]`, tricky)).toMatch(/^refused: b has no/);
    expect(evaluate(`list.${name}`, tricky)).toMatch(/^refused: list is an array/);
    expect(evaluate(name, {})).toMatch(/^refused: there is no/);
    expect(evaluate(`${name}()`, {})).toMatch(/^refused: there is no function/);
    expect(evaluate(`b.${name}()`, tricky)).toMatch(/^refused: there is no function/);
  }
  const made = evaluate('{"__proto__": {"polluted": true}}');
  expect(Object.keys(made ?? {})).toEqual(["__proto__"]);
  expect(Object.getPrototypeOf(made)).toBe(Object.prototype);
  expect({}).not.toHaveProperty("polluted");
});

const many = Array.from({ length: 200_000 }, (_, index) => index);
const large: JsonMap = {
  many,
  some: many.slice(0, 300),
  text: "a".repeat(3_000_000),
  wide: Object.fromEntries(many.map((index) => [`k${index}`, index])),
};

test.each([
  "many.map(x, x)",
  "many.exists(x, x < 0)",
  "some.map(a, some.map(b, a * b))",
  "some.map(a, many + [a])",
  "some.map(a, text + string(a))",
  "some.all(a, many == many)",
  'some.all(a, text == text + "")',
  "some.all(a, size(text) > 1)",
  "some.all(a, !(-1 in many))",
  'some.all(a, !text.contains("b"))',
  'text.matches("(a|b)*c{0,100}$")',
  'some.all(a, !"x".matches("(x{" + string(a + 1) + "}y{1000})"))',
])("%s is stopped by the limit of steps", (text) => {
  expect(evaluate(text, large)).toBe(`refused: it takes more than ${limits.expressionSteps} steps`);
});

test.each([
  ["some.map(a, wide)", /gives more than 4 MiB|takes more than/],
  ["some.map(a, some)", /^/],
  ["text + text", /the text would be longer/],
  ["[text, text]", /gives more than 4 MiB/],
])("%s gives no more than a value may have", (text, why) => {
  const value = evaluate(text, large);
  if (typeof value === "string") expect(value).toMatch(why);
  expect(JSON.stringify(value).length).toBeLessThan(limits.valueBytes);
});

test("large values of the scope may be named, asked for their size and looked into", () => {
  expect(evaluate("size(many)", large)).toBe(200_000);
  expect(evaluate("many[199999]", large)).toBe(199_999);
  expect(evaluate("wide.k5 + size(wide)", large)).toBe(200_005);
  expect(evaluate("many == many", large)).toBe(true);
  expect(evaluate("size(many + many)", large)).toBe(400_000);
});

test("values nested deeper than a document are refused, not a crash", () => {
  let deep: JsonValue = 1;
  for (let depth = 0; depth < 50_000; depth++) deep = [deep];
  expect(evaluate("deep", { deep })).toMatch(/^refused: it gives what is nested deeper/);
  let copy: JsonValue = 1;
  for (let depth = 0; depth < 50_000; depth++) copy = [copy];
  expect(evaluate("deep == copy", { deep, copy })).toMatch(/^refused: /);
});
