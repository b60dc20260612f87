import fc from "fast-check";
import { expect, test } from "vitest";
import { limits } from "../../../src/contract/limits.ts";
import { evaluateExpression } from "../../../src/domain/expression/evaluate-expression.ts";
import { fillTemplate } from "../../../src/domain/expression/fill-template.ts";
import { inferType } from "../../../src/domain/expression/infer-type.ts";
import { parseExpression } from "../../../src/domain/expression/parse-expression.ts";

function read(text: string) {
  const result = parseExpression(text);
  return result.ok ? result.value : `${result.failure.at}: ${result.failure.message}`;
}

test.each([
  ["", "0: the expression is empty"],
  ["(a", "0: this ( is never closed"],
  ["a]", "1: this ] closes nothing"],
  ["[a)", "2: this ) closes a [, which wants ]"],
  ["a == 'b", "5: this text does not end: its closing quote is missing"],
  ["a b", "2: the expression cannot be read from here on: b"],
  ["a +\n b c", "7: the expression cannot be read from here on: c"],
  ["a = 1", "2: CEL compares with =="],
  ["a === 1", "2: CEL compares with == and !="],
  ["a and b", "2: CEL writes && for and"],
  ["a or b", "2: CEL writes || for or"],
  ["not a", "0: CEL writes ! for not"],
  ["a | upper", "2: CEL has no pipes: write || for or, and size(x) or x.contains(y) for functions"],
  ["a ?? 1", "2: CEL has no ??: write has(a.b) ? a.b : 0"],
  ["a if b else c", "2: CEL writes condition ? a : b"],
  ["x + 1u", "4: unsigned numbers are not known here, because JSON has none; leave the u out"],
  ["x + b'a'", "4: bytes are not known here, because JSON has none; leave the b out"],
  ["9223372036854775808", "0: this integer does not fit into 64 bits"],
  ["1e999", "0: this number is too large"],
  ["T{a: 1}", '0: T{…} makes no value here; a map is written {"key": value}'],
])("%j is refused where it goes wrong", (text, problem) => {
  expect(read(text)).toBe(problem);
});

test.each([
  ["'a and b | c = d ?? \\' }}'", []],
  ["r'\\'", []],
  ['"""a "quoted" text"""', []],
  ["a.and + b.or", []],
  ["has(a.b) && size(a.b) > 0 && xs.all(x, x.contains('y'))", ["has", "size", "all", "contains"]],
])("%j is an expression", (text, functions) => {
  const result = parseExpression(text);
  expect(result.ok && [...result.value.functions].sort()).toEqual([...functions].sort());
});

test("length, depth and size are limited, and chains are not depth", () => {
  expect(read("a".repeat(limits.expressionLength + 1))).toMatch(/has 2001 characters; 2000 are the most/);
  expect(read(`${"(".repeat(33)}1${")".repeat(33)}`)).toMatch(/nested deeper than 32/);
  expect(read(`${"!".repeat(40)}true`)).toMatchObject({ functions: [] });
  expect(read(`${"-".repeat(41)}a`)).toMatchObject({ functions: [] });
  expect(read(`${"[".repeat(31)}1${"]".repeat(31)}`)).toMatchObject({ functions: [] });
  expect(read(`[${"1,".repeat(600)}1]`)).toMatch(/more than 500 parts/);
  for (const chain of ["1+".repeat(200), "a.".repeat(200), "a?b:".repeat(100), "a||".repeat(200), "'a'+".repeat(200)])
    expect(read(`${chain}a`)).toMatchObject({ functions: [] });
});

const words = fc.constantFrom(
  ..."a b steps . , ( ) [ ] { } + - * / % < > = == != && || ! ? : in has map all x 1 2.5 'a' \" ' \\ \n true null {{ }} . .. 1u b'x' r' ` @ # $ 😀 __proto__ _+_ size matches".split(
    " ",
  ),
);

test("whatever is written, it is read or refused, evaluated or refused, typed, and never throws", () => {
  const texts = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc.array(words, { maxLength: 30 }).map((parts) => parts.join(" ")),
    fc.array(words, { maxLength: 30 }).map((parts) => parts.join("")),
  );
  let readable = 0;
  fc.assert(
    fc.property(texts, fc.jsonValue(), (text, value) => {
      const scope = { a: JSON.parse(JSON.stringify(value)), b: [1, 2], x: { a: 1 } };
      const result = parseExpression(text);
      if (!result.ok) {
        expect(result.failure.at).toBeGreaterThanOrEqual(0);
        expect(result.failure.at).toBeLessThanOrEqual(text.length);
        expect(result.failure.message).not.toBe("");
      } else {
        readable++;
        evaluateExpression(result.value, scope);
        inferType(result.value, { a: { type: "string" }, b: { type: "array", items: { type: "integer" } } });
      }
      fillTemplate(`x {{ ${text} }} ${text}`, scope);
    }),
    { numRuns: 3000 },
  );
  expect(readable).toBeGreaterThan(50);
});
