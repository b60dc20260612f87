import fc from "fast-check";
import type { Field } from "../../../src/contract/template/field.ts";
import type { JsonMap, JsonValue } from "../../../src/domain/document/json-value.ts";

/** What random expressions take from. All types of it are told in `types`. */
export const scope: JsonMap = {
  workflow: {
    input: { n: 3, m: -7, f: 0.5, g: 2.25, s: "né😀", t: "", yes: true, no: false, ns: [1, 2, 3], ss: ["a", "b"] },
  },
  steps: { a: { outputs: { x: 4, y: { z: "deep" } } }, b: {} },
};

export const types: Readonly<Record<string, Field>> = {
  workflow: object({
    input: object({
      n: { type: "integer" },
      m: { type: "integer" },
      f: { type: "float" },
      g: { type: "float" },
      s: { type: "string" },
      t: { type: "string" },
      yes: { type: "boolean" },
      no: { type: "boolean" },
      ns: { type: "array", items: { type: "integer" } },
      ss: { type: "array", items: { type: "string" } },
    }),
  }),
  steps: object({
    a: object({ outputs: object({ x: { type: "integer" }, y: object({ z: { type: "string" } }) }) }),
    b: object({}),
  }),
};

function object(properties: Record<string, Field>): Field {
  return { type: "object", properties };
}

/** An expression, and what it gives by JavaScript's own means; null where it has no value. */
export interface Known {
  text: string;
  value: { of: JsonValue } | null;
}

const none: Known["value"] = null;
const constant = (text: string, of: JsonValue): Known => ({ text, value: { of } });
const input = (name: string, of: JsonValue): Known => constant(`workflow.input.${name}`, of);

const safe = (value: number): Known["value"] => (Number.isSafeInteger(value) ? { of: withoutMinusZero(value) } : none);

/** JSON has no -0. */
function withoutMinusZero(value: number): number {
  return value === 0 ? 0 : value;
}

const leaves = {
  integer: fc.oneof(
    fc.integer({ min: -20, max: 20 }).map((value) => constant(value < 0 ? `(${value})` : `${value}`, value)),
    fc.constantFrom(
      input("n", 3),
      input("m", -7),
      constant("steps.a.outputs.x", 4),
      constant('steps["a"].outputs.x', 4),
    ),
  ),
  float: fc.oneof(
    fc.constantFrom(0.5, 1.25, 2.5, 100.75).map((value) => constant(`${value}`, value)),
    fc.constantFrom(input("f", 0.5), input("g", 2.25)),
  ),
  string: fc.oneof(
    fc
      .string({ unit: fc.constantFrom("a", "b", "é", "😀", '"', "\\", "'", "}", "{", "\n"), maxLength: 4 })
      .map((value) => constant(JSON.stringify(value), value)),
    fc.constantFrom(input("s", "né😀"), input("t", ""), constant("steps.a.outputs.y.z", "deep")),
  ),
  boolean: fc.constantFrom(
    constant("true", true),
    constant("false", false),
    input("yes", true),
    input("no", false),
    constant("has(steps.a.outputs.x)", true),
    constant("has(steps.b.outputs.x)", false),
  ),
};

type Kind = keyof typeof leaves;

/** A random expression of one type. */
export function expressionOf(kind: Kind, depth = 3): fc.Arbitrary<Known> {
  if (depth === 0) return leaves[kind];
  const part = (of: Kind) => expressionOf(of, depth - 1);
  const ways: Record<Kind, fc.Arbitrary<Known>[]> = {
    integer: [
      joined("+", part("integer"), part("integer"), (a, b) => safe(a + b)),
      joined("-", part("integer"), part("integer"), (a, b) => safe(a - b)),
      joined("*", part("integer"), part("integer"), (a, b) => safe(a * b)),
      joined("/", part("integer"), part("integer"), (a, b) => (b === 0 ? none : safe(Math.trunc(a / b)))),
      joined("%", part("integer"), part("integer"), (a, b) => (b === 0 ? none : safe(a % b))),
      part("string").map((text) => of(`size(${text.text})`, [text], ([value]) => ({ of: [...String(value)].length }))),
      indexed(part("integer")),
    ],
    float: [
      joined("+", part("float"), part("integer"), (a, b) => ({ of: a + b })),
      joined("*", part("float"), part("float"), (a, b) => ({ of: withoutMinusZero(a * b) })),
      part("integer").map((whole) => of(`double(${whole.text})`, [whole], ([value]) => ({ of: value ?? 0 }))),
    ],
    string: [
      fc
        .tuple(part("string"), part("string"))
        .map(([a, b]) => of(`(${a.text} + ${b.text})`, [a, b], ([x, y]) => ({ of: `${x}${y}` }))),
      part("integer").map((whole) => of(`string(${whole.text})`, [whole], ([value]) => ({ of: `${value}` }))),
    ],
    boolean: [
      compared(part("integer"), part("float")),
      fc
        .tuple(part("string"), part("string"))
        .map(([a, b]) => of(`(${a.text} == ${b.text})`, [a, b], ([x, y]) => ({ of: x === y }))),
      fc
        .tuple(part("string"), part("string"))
        .map(([a, b]) =>
          of(`${a.text}.contains(${b.text})`, [a, b], ([x, y]) => ({ of: String(x).includes(String(y)) })),
        ),
      both("&&", part("boolean"), part("boolean"), false),
      both("||", part("boolean"), part("boolean"), true),
      part("boolean").map((a) => of(`!${a.text}`, [a], ([x]) => ({ of: x !== true }))),
      looped(part("integer")),
    ],
  };
  const choice = fc.tuple(part("boolean"), part(kind), part(kind)).map(
    ([condition, yes, no]): Known => ({
      text: `(${condition.text} ? ${yes.text} : ${no.text})`,
      value: condition.value === null ? null : condition.value.of === true ? yes.value : no.value,
    }),
  );
  return fc.oneof(leaves[kind], choice, ...ways[kind]);
}

/** What depends on all of its parts. */
function of(text: string, parts: Known[], give: (values: JsonValue[]) => Known["value"]): Known {
  const values = parts.flatMap(({ value }) => (value === null ? [] : [value.of]));
  return { text, value: values.length < parts.length ? null : give(values) };
}

type Numbers = (a: number, b: number) => Known["value"];

function joined(
  symbol: string,
  left: fc.Arbitrary<Known>,
  right: fc.Arbitrary<Known>,
  give: Numbers,
): fc.Arbitrary<Known> {
  return fc
    .tuple(left, right)
    .map(([a, b]) => of(`(${a.text} ${symbol} ${b.text})`, [a, b], ([x, y]) => give(Number(x), Number(y))));
}

function compared(left: fc.Arbitrary<Known>, right: fc.Arbitrary<Known>): fc.Arbitrary<Known> {
  return fc.constantFrom("<", "<=", ">", ">=", "==", "!=").chain((symbol) =>
    joined(symbol, left, right, (a, b) => {
      const holds = { "<": a < b, "<=": a <= b, ">": a > b, ">=": a >= b, "==": a === b, "!=": a !== b };
      return { of: holds[symbol] };
    }),
  );
}

/** One side that decides is enough. */
function both(
  symbol: string,
  left: fc.Arbitrary<Known>,
  right: fc.Arbitrary<Known>,
  decides: boolean,
): fc.Arbitrary<Known> {
  return fc.tuple(left, right).map(([a, b]): Known => {
    const sides = [a.value, b.value];
    const value = sides.some((side) => side?.of === decides)
      ? { of: decides }
      : sides.includes(null)
        ? null
        : { of: !decides };
    return { text: `(${a.text} ${symbol} ${b.text})`, value };
  });
}

function indexed(part: fc.Arbitrary<Known>): fc.Arbitrary<Known> {
  return fc.tuple(part, part, part).map(([a, b, index]) =>
    of(`[${a.text}, ${b.text}][${index.text}]`, [a, b, index], ([x, y, at]) => {
      const found = at === 0 ? x : at === 1 ? y : undefined;
      return found === undefined ? none : { of: found };
    }),
  );
}

function looped(part: fc.Arbitrary<Known>): fc.Arbitrary<Known> {
  return fc.tuple(fc.constantFrom("all", "exists"), part).map(([loop, bound]) =>
    of(`workflow.input.ns.${loop}(k, k > ${bound.text})`, [bound], ([value]) => {
      const holds = [1, 2, 3].map((k) => k > Number(value));
      return { of: loop === "all" ? !holds.includes(false) : holds.includes(true) };
    }),
  );
}
